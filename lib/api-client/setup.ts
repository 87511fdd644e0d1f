import type { z } from "zod";
import type { SetupInput, setupOutput } from "../contract/setup";
import { apiFetch } from "./api-fetch";

/** Makes the first owner and workspace. Answers 409 when that has been done, 403 without the token it takes. */
export function setUp(body: SetupInput): Promise<z.infer<typeof setupOutput>> {
  return apiFetch("/api/setup", { method: "POST", body });
}

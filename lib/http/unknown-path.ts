import { randomUUID } from "node:crypto";
import { AppError } from "../errors";
import { problemResponse } from "./problem";

/** Answers a path below `/api/v1` that is none. */
export function unknownPath(request: Request): Response {
  const { pathname } = new URL(request.url);
  const error = new AppError("not_found", `There is no ${pathname}; /api/openapi.json lists what there is.`);
  return problemResponse(error, randomUUID());
}

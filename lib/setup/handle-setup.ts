import { randomUUID } from "node:crypto";
import { parseInput } from "../http/parse-input";
import { problemResponse } from "../http/problem";
import { readBody } from "../http/read-body";
import { setupInput, setupOutput } from "./schemas";
import { setUp } from "./set-up";

/** `POST /api/setup`: open to anybody until the first owner exists, and a conflict from then on. */
export async function handleSetup(request: Request): Promise<Response> {
  const requestId = randomUUID();
  try {
    const input = parseInput(setupInput, (await readBody(request)) ?? {});
    return Response.json(setupOutput.parse(await setUp(input)), {
      status: 201,
      headers: { "cache-control": "no-store", "x-request-id": requestId },
    });
  } catch (error) {
    return problemResponse(error, requestId);
  }
}

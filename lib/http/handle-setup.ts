import { randomUUID } from "node:crypto";
import { isSetUp } from "../auth/is-set-up";
import { setupInput, setupOutput } from "../contract/setup";
import { AppError } from "../core/errors";
import { parseInput } from "../core/parse-input";
import { maySetUp } from "../setup/may-set-up";
import { alreadySetUp, setUp } from "../setup/set-up";
import { isCrossOrigin } from "./own-origin";
import { problemResponse } from "./problem";
import { readBody } from "./read-body";
import { webRequest } from "./web-request";

/**
 * `POST /api/setup`: open until the first owner exists, and a conflict from then on, before anything is read or hashed.
 * No page of another origin can use it, and with `APP_URL` it takes the token that was printed at start.
 */
export async function handleSetup(request: Request): Promise<Response> {
  const requestId = randomUUID();
  try {
    if (await isSetUp()) throw alreadySetUp();
    if (isCrossOrigin(request)) {
      throw new AppError("forbidden", "Posthorn can only be set up from its own page.");
    }
    const input = parseInput(setupInput, await readBody(webRequest(request)));
    if (!maySetUp(input.token)) {
      throw new AppError(
        "forbidden",
        "Open the link that Posthorn printed when it started: it holds a token.",
      );
    }
    return Response.json(setupOutput.parse(await setUp(input)), {
      status: 201,
      headers: { "cache-control": "no-store", "x-request-id": requestId },
    });
  } catch (error) {
    return problemResponse(error, requestId);
  }
}

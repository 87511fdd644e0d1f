import { AttemptFailure } from "../attempt-failure";

/** @param detail what is wrong, in a sentence; "it" is the answer */
export function invalidResponse(detail: string): AttemptFailure {
  return new AttemptFailure("invalid_response", `The response is not valid HTTP. ${detail}`);
}

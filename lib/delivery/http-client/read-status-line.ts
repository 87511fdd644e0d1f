import { invalidResponse } from "./invalid-response";

const statusLine = /^HTTP\/(0\.9|1\.[01]|[23](?:\.0)?) +(\d{3})(?!\d)/i;

/**
 * Reads the first line of a response (RFC 9112, section 4), with or without a reason.
 *
 * @returns the status, 100 to 999, and whether that version keeps a connection by default
 * @throws AttemptFailure `invalid_response`
 */
export function readStatusLine(line: string): { status: number; keepsAlive: boolean } {
  const [, version = "", digits] = statusLine.exec(line) ?? [];
  const status = Number(digits ?? 0);
  if (status < 100) throw invalidResponse(`It begins with ${JSON.stringify(line.slice(0, 100))}`);
  if (status === 101) throw invalidResponse("It switches to another protocol (101), which was not requested");
  return { status, keepsAlive: version !== "1.0" && version !== "0.9" };
}

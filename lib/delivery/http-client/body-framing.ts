import { AttemptFailure } from "../attempt-failure";

/** Where a response's body ends, and whether the connection can be reused after it. */
export type BodyFraming = {
  /** Bytes of the body; `"chunked"`, or `"untilClose"` if only the end of the connection ends it. */
  ends: number | "chunked" | "untilClose";
  /** Whether another request may follow: the head says unambiguously where this response ends. */
  clear: boolean;
};

/**
 * Where the body of a response ends (RFC 9112, section 6.3), as leniently as curl: 204 and 304 have none, whatever
 * their length; a transfer coding takes precedence over a length; equal lengths may be repeated.
 *
 * @param headers by lower-cased name, repeated ones joined by commas
 * @throws AttemptFailure `invalid_response` if the length is invalid, or there are different ones
 */
export function bodyFraming(status: number, headers: Record<string, string>): BodyFraming {
  const coding = headers["transfer-encoding"];
  const length = headers["content-length"];
  if (status === 204 || status === 304)
    return { ends: 0, clear: coding === undefined && Number(length ?? 0) === 0 };
  const last = coding?.split(",").at(-1)?.trim().toLowerCase();
  if (last === "chunked") return { ends: "chunked", clear: length === undefined };
  if (last !== undefined && last !== "identity") return { ends: "untilClose", clear: false };
  if (length === undefined) return { ends: "untilClose", clear: false };
  const bytes = lengthOf(length);
  if (bytes > Number.MAX_SAFE_INTEGER) return { ends: "untilClose", clear: false };
  return { ends: bytes, clear: /^\d+$/.test(length) && coding === undefined };
}

function lengthOf(text: string): number {
  const lengths = text.split(",").map((part) => /^\s*\+?(\d+)/.exec(part)?.[1]);
  const [first] = lengths;
  if (lengths.includes(undefined))
    throw new AttemptFailure(
      "invalid_response",
      `The response's Content-Length is not a number: ${text.slice(0, 100)}`,
    );
  if (lengths.some((length) => Number(length) !== Number(first)))
    throw new AttemptFailure(
      "invalid_response",
      `The response has several different Content-Lengths: ${text.slice(0, 100)}`,
    );
  return Number(first);
}

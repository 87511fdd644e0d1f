import type { AttemptResult } from "../../classify";
import { findEchoes, secretsOf } from "./find-echoes";

/** Shown in the log instead of a custom header's value, which may be a credential. */
export const masked = "••••••";
/** The same in a text with one character per byte. */
const maskedBytes = Buffer.from(masked).toString("latin1");

const asItIs = (result: AttemptResult) => result;

/**
 * Hides the values of an endpoint's custom headers in a receiver's answer from everyone who reads the log: in the
 * response's body and headers, and in error details.
 *
 * @param custom names and values as sent
 * @returns a function that returns an attempt's result without them
 */
export function echoMask(custom: Record<string, string>): (result: AttemptResult) => AttemptResult {
  const secrets = secretsOf(custom);
  if (secrets.length === 0) return asItIs;

  const mask = (text: string, { isCut = false, replacement = masked } = {}): string => {
    let clean = "";
    let at = 0;
    for (const { from, to } of findEchoes(text, secrets, isCut).sort((a, b) => a.from - b.from)) {
      if (from >= at) clean += text.slice(at, from) + replacement;
      at = Math.max(at, to);
    }
    return clean + text.slice(at);
  };
  const maskHeaders = (headers: Record<string, string>) => {
    const clean: Record<string, string> = Object.create(null);
    for (const name in headers) {
      // With its name, for a value that is only searched for after it.
      const line = mask(`${name}: ${headers[name]}`);
      const at = line.indexOf(": ");
      clean[line.slice(0, at)] = line.slice(at + 2);
    }
    return clean;
  };
  // Byte by byte, so that the rest of any body stays unchanged.
  const maskBody = (body: Buffer, isCut: boolean) =>
    Buffer.from(mask(body.toString("latin1"), { isCut, replacement: maskedBytes }), "latin1");

  return (result) => ({
    ...result,
    errorDetail: result.errorDetail === null ? null : mask(result.errorDetail),
    responseHeaders: result.responseHeaders && maskHeaders(result.responseHeaders),
    responseBody: result.responseBody && maskBody(result.responseBody, result.responseTruncated),
  });
}

import type { HttpResponse } from "../http-client/response-reader";

const addressMax = 300;

/**
 * Where a redirect leads, in a sentence. It is not followed, so an operator has to enter that address.
 *
 * @param base the URL that was sent to; a `Location` may be relative to it (RFC 9110, section 10.2.2)
 * @returns `null` for any other response, and if the redirect has no valid target
 */
export function redirectDetail(
  { status, headers }: Pick<HttpResponse, "status" | "headers">,
  base: string,
): string | null {
  // Headers are read as Latin-1; a non-ASCII address arrives as UTF-8.
  const location = Buffer.from(headers.location ?? "", "latin1").toString();
  if (status < 300 || status >= 400 || location === "") return null;
  const address = URL.canParse(location, base) ? new URL(location, base).href : location;
  // Control, invisible and bidirectional characters could make it look like another one.
  const shown = address.slice(0, addressMax).replace(/[\p{C}\p{Z}\ufffd]/gu, "�");
  return `It redirects to ${shown}${address.length > addressMax ? "…" : ""}, and redirects are not followed`;
}

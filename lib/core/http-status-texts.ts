/** The first sentence of the advice for a redirect. */
export const redirectsNotFollowed = "Redirects are not followed.";

const texts: Record<number, { name: string; advice: string }> = {
  301: {
    name: "Moved Permanently",
    advice: `${redirectsNotFollowed} Set the webhook's URL to the new address.`,
  },
  302: { name: "Found", advice: `${redirectsNotFollowed} Set the webhook's URL to the final address.` },
  303: { name: "See Other", advice: `${redirectsNotFollowed} Answer 2xx directly.` },
  307: {
    name: "Temporary Redirect",
    advice: `${redirectsNotFollowed} Set the webhook's URL to the final address.`,
  },
  308: {
    name: "Permanent Redirect",
    advice: `${redirectsNotFollowed} Set the webhook's URL to the new address.`,
  },
  400: { name: "Bad Request", advice: "The receiver did not accept the request. Its response may say why." },
  401: {
    name: "Unauthorized",
    advice: "The receiver asks for credentials. Check that it verifies the signature with the right token.",
  },
  403: { name: "Forbidden", advice: "The receiver, or a firewall in front of it, refuses the request." },
  404: { name: "Not Found", advice: "Nothing is at that path. Check the webhook's URL." },
  405: { name: "Method Not Allowed", advice: "The receiver must accept POST at that path." },
  408: {
    name: "Request Timeout",
    advice: "The receiver stopped waiting for the request. Look for a slow proxy in front of it.",
  },
  409: { name: "Conflict", advice: "A receiver that has seen this event before should answer 2xx." },
  410: { name: "Gone", advice: "The receiver says that this address is no longer used." },
  413: { name: "Content Too Large", advice: "Raise the body size limit of the receiver or its proxy." },
  415: { name: "Unsupported Media Type", advice: "The receiver must accept application/json." },
  422: {
    name: "Unprocessable Content",
    advice: "The receiver did not accept the data. Its response may say why.",
  },
  429: {
    name: "Too Many Requests",
    advice: "The receiver limits requests. Posthorn waits as long as its Retry-After header says.",
  },
  500: {
    name: "Internal Server Error",
    advice: "Something failed in the receiver. Check its log at this time.",
  },
  501: { name: "Not Implemented", advice: "The receiver does not support this kind of request." },
  502: { name: "Bad Gateway", advice: "A proxy answered because the server behind it is down or broken." },
  503: { name: "Service Unavailable", advice: "The receiver is overloaded or down for maintenance." },
  504: {
    name: "Gateway Timeout",
    advice:
      "A proxy answered because the server behind it was too slow. Answer first, and do the work afterwards.",
  },
};

const classes: Record<number, { name: string; advice: string }> = {
  1: { name: "Informational", advice: "This is not a final response. Answer 2xx." },
  2: { name: "Success", advice: "" },
  3: {
    name: "Redirect",
    advice: `${redirectsNotFollowed} Set the webhook's URL to the final address.`,
  },
  4: { name: "Client error", advice: "The receiver refused the request. Its response may say why." },
  5: {
    name: "Server error",
    advice: "Something failed in the receiver. Check its log at this time.",
  },
};

const successNames: Record<number, string> = {
  200: "OK",
  201: "Created",
  202: "Accepted",
  203: "Non-Authoritative Information",
  204: "No Content",
};

/** The name of an HTTP status (RFC 9110), and what an operator can do about it; `advice` is empty for 2xx. */
export function httpStatusTexts(status: number): { name: string; advice: string } {
  const success = successNames[status];
  if (success) return { name: success, advice: "" };
  return texts[status] ?? classes[Math.floor(status / 100)] ?? { name: "Unknown status", advice: "" };
}

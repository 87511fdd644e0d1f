import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { AppError, errorCodes, validationFailed } from "../core/errors";
import { addressHeader, clientAddress, clientNetwork, networkHeader } from "./client-network";
import { isOwnHost } from "./own-origin";
import { refuseByRole } from "./refuse-by-role";
import { routeMethods, unknownPath } from "./route-methods";
import { securityHeaders } from "./security-headers";
import { sendProblem } from "./send-answer";

const pageMethods = ["GET", "HEAD", "OPTIONS"];

/**
 * Answers, before Next sees them, requests that Next would answer with its own texts or not at all: malformed
 * requests, foreign hosts, unknown paths, and methods that a path does not support. Below `/api` and `/.well-known`
 * the answer is a problem document, otherwise a line of text. Security headers are added to every answer here,
 * including Next's.
 *
 * @returns whether it has answered; if not, Next should
 */
export function answerFirst(request: IncomingMessage, response: ServerResponse): boolean {
  const target = originForm(request);
  const isApi = /^\/(api|\.well-known)(\/|$)/.test(target?.path ?? "/api");
  const isAsset = target?.path.startsWith("/_next/static/");
  const headers = securityHeaders(isApi ? "api" : isAsset ? "asset" : "page");
  for (const name in headers) response.setHeader(name, headers[name] ?? "");
  noteNetwork(request);
  // A page requests its data with this header; the API would be answered by a redirect to `?_rsc=…`.
  if (isApi) delete request.headers.rsc;
  const answer = judge(request, target, isApi);
  if (answer === null) return false;
  if (answer instanceof AppError && isApi) sendProblem(request, response, answer, randomUUID());
  else if (answer instanceof AppError) sendText(request, response, answer);
  else response.writeHead(204, { allow: answer.allow.join(", ") }).end();
  return true;
}

/** What to answer: an error, or the methods that `OPTIONS` asks for; `null` if Next should answer. */
function judge(
  request: IncomingMessage,
  target: Target | null,
  isApi: boolean,
): AppError | { allow: readonly string[] } | null {
  const { method = "" } = request;
  const problem = malformation(request, target, isApi);
  if (problem) return new AppError("bad_request", problem);
  if (!isOwnHost(request.headers.host)) {
    return new AppError(
      "forbidden",
      `Posthorn does not answer at ${request.headers.host}. If it should, set APP_URL to that address.`,
    );
  }
  if (!target) return { allow: pageMethods };
  const { path, query } = target;
  const refusal = refuseByRole(path);
  if (refusal) return refusal;
  // Next fails at TRACE on any path, because a Request cannot have this method (Fetch 2.2.1).
  if (method !== "TRACE" && (isLedElsewhere(path) || isOfFramework(path))) return null;
  const allow = isApi ? routeMethods(path) : pageMethods;
  if (allow === null) return unknownPath(path);
  if (method === "OPTIONS") return { allow };
  if (allow.includes(method)) return isApi ? lostParameters(query) : null;
  return new AppError("method_not_allowed", `${path} does not support ${method}, only ${allow.join(", ")}.`, {
    allow,
  });
}

/** Next takes these query parameters for its own or drops them, so that a route would never see them. */
const lostNames = /^(__proto__$|nextInternalLocale$|nxt[PI].)/;

/** Parameters that no operation has, as an error; `null` if there are none. */
function lostParameters(query: string): AppError | null {
  const names = [...new URLSearchParams(query).keys()].filter((name) => lostNames.test(name));
  if (names.length === 0) return null;
  return validationFailed(names.map((path) => ({ path, message: "is not a field of this request" })));
}

/** A route cannot see the connection. */
function noteNetwork({ headers, socket }: IncomingMessage): void {
  const forwardedFor = [headers["x-forwarded-for"]].flat().at(-1);
  headers[networkHeader] = clientNetwork(socket.remoteAddress, forwardedFor);
  headers[addressHeader] = clientAddress(socket.remoteAddress, forwardedFor);
}

/** Whether Next redirects to the same path without its redundant parts. */
function isLedElsewhere(path: string): boolean {
  return path.includes("//") || path.includes("\\") || (path.length > 1 && path.endsWith("/"));
}

/** Paths of Next itself, which accept other methods in development. */
function isOfFramework(path: string): boolean {
  return path.startsWith("/_next/") || path.startsWith("/__next");
}

type Target = { path: string; query: string };

/**
 * The requested path and query. A target in absolute form is rewritten to the form that Next reads (RFC 9112 3.2.2:
 * its authority takes precedence over `Host`).
 *
 * @returns `null` for `*`, which means the server as a whole, and for an invalid target
 */
function originForm(request: IncomingMessage): Target | null {
  const { url = "" } = request;
  const absolute = /^https?:\/\/([^/?#]+)([^#]*)/i.exec(url);
  if (absolute) {
    const [, authority = "", rest = ""] = absolute;
    request.headers.host = authority;
    request.url = rest.startsWith("/") ? rest : `/${rest}`;
  }
  if (!request.url?.startsWith("/")) return null;
  const at = request.url.indexOf("?");
  return at < 0
    ? { path: request.url, query: "" }
    : { path: request.url.slice(0, at), query: request.url.slice(at + 1) };
}

/** The path may have a segment of dots. */
const dot = /\.|%2e/i;

/** What is wrong with a request, whatever its path, as a message; `null` if nothing is. */
function malformation(request: IncomingMessage, target: Target | null, isApi: boolean): string | null {
  if (!target && !(request.method === "OPTIONS" && request.url === "*")) {
    return "The request target must be a path, like /api/v1/events.";
  }
  const hosts = request.rawHeaders.filter(
    (name, at) => at % 2 === 0 && name.length === 4 && name.toLowerCase() === "host",
  );
  if (hosts.length > 1 || (hosts.length === 0 && request.httpVersion !== "1.0")) {
    return "The request must have one Host header (RFC 9112 3.2).";
  }
  if (!target) return null;
  if (!isEncoded(target.path)) {
    return "The path has a % that is not part of a percent-encoded UTF-8 character; write a percent sign as %25.";
  }
  if (
    isApi &&
    dot.test(target.path) &&
    target.path.split("/").some((segment) => /^\.{1,2}$/.test(decodeURIComponent(segment)))
  ) {
    return "The path must not contain the segments . or ..";
  }
  // Pages ignore what they cannot read in a query, but in the API a misread filter would give wrong results.
  if (isApi && !isEncoded(target.query)) {
    return "The query has a % that is not part of a percent-encoded UTF-8 character; write a percent sign as %25.";
  }
  return null;
}

function isEncoded(text: string): boolean {
  if (!text.includes("%")) return true;
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

/** For a person who opened a page: a browser shows text, but may offer to save a problem document. */
function sendText(
  request: IncomingMessage,
  response: ServerResponse,
  { code, message, extra }: AppError,
): void {
  const { status } = errorCodes[code];
  response.writeHead(status, {
    "content-type": "text/plain; charset=utf-8",
    ...(extra.allow ? { allow: extra.allow.join(", ") } : {}),
    connection: "close",
  });
  response.end(request.method === "HEAD" ? undefined : `${status} ${message}\n`);
}

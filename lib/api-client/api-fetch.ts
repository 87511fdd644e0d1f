import type { Problem } from "../contract/shared";
import { ApiError } from "./api-error";
import { signInAgain } from "./sign-in-again";

type QueryValue = string | number | boolean | null | undefined;

export type ApiFetchOptions = {
  /** Slug of the request's workspace. */
  workspace?: string;
  method?: "GET" | "POST" | "PATCH" | "DELETE";
  /** Lists repeat their name; undefined and null are left out. */
  query?: Record<string, QueryValue | readonly QueryValue[]>;
  body?: unknown;
  /** The version to change: the server refuses if there is a newer one. */
  version?: string;
  signal?: AbortSignal;
};

/** The time limit for an answer: for reads, and for requests that wait for a receiver's answer to a test. */
const timeoutMs = { read: 10_000, change: 60_000 };

/**
 * Calls our own API as the signed-in user. `path` starts at the root, like `/api/v1/endpoints`.
 *
 * `Answer` is the type of the route's published schema. The route validates its output by that schema, so the browser
 * does not validate it again, and zod stays out of every page's JavaScript.
 *
 * @throws ApiError for every answer that is not 2xx; a 401 also leads to the sign-in page.
 */
export async function apiFetch<Answer>(path: string, options: ApiFetchOptions = {}): Promise<Answer> {
  const { workspace, method = "GET", query, body, version, signal } = options;
  const headers = new Headers({ accept: "application/json" });
  if (workspace) headers.set("x-workspace", workspace);
  if (body !== undefined) headers.set("content-type", "application/json");

  if (version !== undefined) headers.set("if-match", `"${version}"`);

  const timeout = AbortSignal.timeout(method === "GET" ? timeoutMs.read : timeoutMs.change);
  let response: Response;
  let text: string;
  try {
    response = await fetch(path + searchOf(query), {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      cache: "no-store",
      credentials: "same-origin",
    });
    text = await response.text();
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new ApiError({
      status: 0,
      code: timeout.aborted ? "timed_out" : "no_answer",
      detail: timeout.aborted
        ? "The server did not answer in time. Try again."
        : "The server did not answer. Check your connection and try again.",
    });
  }
  if (response.ok) return JSON.parse(text || "null");
  if (response.status === 401) signInAgain();
  throw new ApiError({ ...problemOf(text), status: response.status });
}

function searchOf(query: ApiFetchOptions["query"]): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null) search.append(name, String(one));
    }
  }
  const text = search.toString();
  return text ? `?${text}` : "";
}

function problemOf(text: string): Partial<Problem> {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

import type { z } from "zod";
import type { basePath, operations } from "../contract/operations";
import type { ParamsOf } from "../contract/operations/operation";
import { type ApiFetchOptions, apiFetch } from "./api-fetch";

type Operations = typeof operations;

/** The operations of API v1 by method and path, like `POST /endpoints/{id}/enable`. */
type ByRoute = {
  [Name in keyof Operations as `${Operations[Name]["method"]} ${Operations[Name]["path"]}`]: Operations[Name];
};

/** The arguments of an operation's call: its path parameters, its query or its body. */
type CallOptions<Operation extends Operations[keyof Operations]> = {
  /** Slug of the call's workspace. */
  workspace: string;
  signal?: AbortSignal;
} & (keyof ParamsOf<Operation> extends never ? unknown : { params: ParamsOf<Operation> }) &
  (Operation["body"] extends z.ZodType
    ? { body: z.input<Operation["body"]> }
    : { query?: Nullable<z.output<Operation["query"]>> }) &
  // The version to change: the server refuses with `precondition_failed` if there is a newer one.
  (Operation extends { versioned: "change" } ? { version?: string } : unknown);

/** Each field may be omitted or null, which omits it. */
type Nullable<Fields> = { [Field in keyof Fields]?: Fields[Field] | null };

/**
 * Calls an operation of API v1 as the signed-in user. Its types come from `operations`, whose code stays out of the
 * page's JavaScript.
 *
 * @param route method and path, as the operation defines them
 * @throws ApiError for every answer that is not 2xx
 */
export function callApi<Route extends keyof ByRoute>(
  route: Route,
  options: CallOptions<ByRoute[Route]>,
): Promise<z.output<ByRoute[Route]["output"]>>;
export function callApi(
  route: keyof ByRoute,
  { params = {}, ...options }: ApiFetchOptions & { params?: Record<string, string> },
): Promise<unknown> {
  const [method, path = ""] = route.split(" ") as [ApiFetchOptions["method"], string];
  const base: typeof basePath = "/api/v1";
  const filled = path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(params[name] ?? ""));
  return apiFetch(base + filled, { ...options, method });
}

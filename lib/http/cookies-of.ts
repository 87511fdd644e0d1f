import type { ApiRequest } from "./api-request";

/** A request's cookies. A session token needs no decoding: it is made of characters that cookies hold as they are. */
export function cookiesOf({ headers }: Pick<ApiRequest, "headers">): Map<string, string> {
  return new Map(
    (headers.get("cookie") ?? "").split(/; */).map((pair) => {
      const at = pair.indexOf("=");
      return [pair.slice(0, at), pair.slice(at + 1)] as const;
    }),
  );
}

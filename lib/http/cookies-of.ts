import type { ApiRequest } from "./api-request";

/** A request's cookies, without decoding: session tokens consist of characters that cookies hold unchanged. */
export function cookiesOf({ headers }: Pick<ApiRequest, "headers">): Map<string, string> {
  return new Map(
    (headers.get("cookie") ?? "").split(/; */).map((pair) => {
      const at = pair.indexOf("=");
      return [pair.slice(0, at), pair.slice(at + 1)] as const;
    }),
  );
}

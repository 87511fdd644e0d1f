import { randomBytes } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { contentSecurityPolicy } from "@/lib/http/content-security-policy";

// biome-ignore lint/style/noProcessEnv: the build puts a constant here; lib/platform/env.ts reads the settings
const development = process.env.NODE_ENV === "development";

/**
 * Gives every page a content security policy with its own nonce, which Next puts on its scripts (the other headers of
 * every answer are set in front of Next). The page gets its address from `x-posthorn-path`, to return to it after
 * signing in.
 */
export function proxy(request: NextRequest): NextResponse {
  const nonce = randomBytes(16).toString("base64");
  const policy = contentSecurityPolicy({ nonce, development });
  const { pathname, searchParams } = request.nextUrl;
  const search = new URLSearchParams(searchParams);
  search.delete("_rsc");

  const headers = new Headers(request.headers);
  headers.set("content-security-policy", policy);
  headers.set("x-nonce", nonce);
  headers.set("x-posthorn-path", search.size > 0 ? `${pathname}?${search}` : pathname);

  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  return response;
}

/** Pages only: the API answers no documents and must be quick, and static files need no protection. */
export const config = {
  matcher: ["/((?!api/|\\.well-known/|_next/static|_next/image|favicon.svg).*)"],
};

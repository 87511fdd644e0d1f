import { randomUUID } from "node:crypto";
import { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { z } from "zod";
import { deviceCookie, knownDevice } from "../auth/known-device";
import { authOptions } from "../auth/options";
import { sessionUser } from "../auth/session-user";
import { signIn } from "../auth/sign-in";
import { signInInput } from "../contract/users";
import { AppError, notFound } from "../core/errors";
import { settings } from "../platform/env";
import { networkHeader } from "./client-network";
import { problemResponse } from "./problem";
import { readText } from "./read-body";
import { webRequest } from "./web-request";

type Context = { params: Promise<{ nextauth: string[] }> };

/** What the dashboard uses of NextAuth. Its own pages and its log for strangers do not exist. */
const actions = ["GET csrf", "GET providers", "GET session", "POST callback/credentials", "POST signout"];
const formBytesMax = 64 * 1024;

/** `/api/auth/*`: NextAuth, behind what it does not check by itself. */
export async function handleAuth(request: NextRequest, context: Context): Promise<Response> {
  const requestId = randomUUID();
  try {
    const action = (await context.params).nextauth.join("/");
    const method = request.method === "HEAD" ? "GET" : request.method;
    // NextAuth redirects here if the CSRF token is missing, or if the password is wrong and there is no script.
    if (method === "GET" && (action === "signin" || action === "error")) return redirectTo("/sign-in");
    if (!actions.includes(`${method} ${action}`)) throw notFound("path");
    const form = method === "POST" ? await readForm(request) : undefined;
    const odd = oddCallbackCookie(request);
    if (odd) return clearCookie(odd, requestId);
    if (action === "session" && !(await sessionUser((name) => request.cookies.get(name)?.value))) {
      return Response.json({}, { headers: { "cache-control": "no-store" } });
    }
    return await answerByNextAuth(request, context, { method, form, requestId });
  } catch (error) {
    return problemResponse(error, requestId);
  }
}

async function answerByNextAuth(
  request: NextRequest,
  context: Context,
  { method, form, requestId }: { method: string; form: URLSearchParams | undefined; requestId: string },
): Promise<Response> {
  const cookies = request.headers.get("cookie") ?? "";
  let failure: unknown = null;
  let signedInAs: string | null = null;
  const options = authOptions(async (credentials) => {
    const input = signInInput.safeParse(credentials);
    if (!input.success) return null;
    const { email, password } = input.data;
    try {
      const user = await signIn({
        email,
        password,
        userAgent: request.headers.get("user-agent"),
        network: request.headers.get(networkHeader) ?? "unknown",
        device: knownDevice(cookies, email),
      });
      if (user) signedInAs = email;
      return user;
    } catch (error) {
      // NextAuth would answer its text as the error's code.
      failure = error;
      return null;
    }
  });
  // Without its query: NextAuth fails at an odd `callbackUrl`, and the dashboard sends none.
  const url = new URL(request.nextUrl.pathname, request.nextUrl.origin);
  const headers = new Headers(request.headers);
  headers.delete("content-length");
  headers.set("content-type", "application/x-www-form-urlencoded");
  const passedOn = new NextRequest(url, { method, headers, body: form?.toString() });
  const response: Response = await NextAuth(options)(passedOn, context);
  if (failure) return refuseSignIn(failure, requestId);
  if (signedInAs && !knownDevice(cookies, signedInAs)) {
    response.headers.append("set-cookie", deviceCookie(signedInAs));
  }
  return response;
}

/** What of a form NextAuth looks at, sent as a form or as JSON: it fails at what is neither, and reads all of it. */
async function readForm(request: Request): Promise<URLSearchParams> {
  const text = await readText(webRequest(request), formBytesMax);
  const fields = request.headers.get("content-type")?.includes("json")
    ? jsonForm.parse(parseJson(text))
    : Object.fromEntries(new URLSearchParams(text));
  return new URLSearchParams(
    ["csrfToken", "email", "password", "json"].flatMap((name) => {
      const value = fields[name];
      // Objects and lists have no text of their own, or one that fails.
      return ["string", "number", "boolean"].includes(typeof value) ? [[name, String(value)]] : [];
    }),
  );
}

const jsonForm = z.record(z.string(), z.unknown()).catch({});

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new AppError("bad_json", "The body must be a form or a JSON object.");
  }
}

/** A problem document with the URL by which NextAuth's client passes the error to the page. */
async function refuseSignIn(failure: unknown, requestId: string): Promise<Response> {
  const problem = problemResponse(failure, requestId);
  const code = problem.status === 429 ? "TooManyAttempts" : "Failed";
  const body = { ...(await problem.json()), url: `${settings().appUrl}/sign-in?error=${code}` };
  return new Response(JSON.stringify(body), problem);
}

/** NextAuth keeps a URL in a cookie, and fails at an invalid one. */
function oddCallbackCookie({ cookies }: NextRequest): string | null {
  const kept = cookies.getAll().filter(({ name }) => /^(__Secure-)?next-auth\.callback-url$/.test(name));
  const isUrl = (value: string) => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
  return kept.find(({ value }) => !isUrl(value))?.name ?? null;
}

/** The browser that kept it gets in at its next try. */
function clearCookie(name: string, requestId: string): Response {
  const error = new AppError("validation_failed", `The cookie ${name} must be a URL. Try again without it.`);
  const response = problemResponse(error, requestId);
  response.headers.append(
    "set-cookie",
    `${name}=; Path=/; Max-Age=0${name.startsWith("__Secure-") ? "; Secure" : ""}`,
  );
  return response;
}

function redirectTo(path: string): Response {
  return new Response(null, { status: 307, headers: { location: path } });
}

import { randomUUID } from "node:crypto";
import { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { z } from "zod";
import { deviceCookie, knownDevice } from "../auth/known-device";
import { authOptions, type Form, forms } from "../auth/options";
import type { FirstFactor } from "../auth/pass-first-factor";
import { configuredProviders } from "../auth/providers";
import { signInWithSecondFactor } from "../auth/second-factor";
import { sessionUser } from "../auth/session-user";
import { signIn } from "../auth/sign-in";
import { signInByLink } from "../auth/sign-in-by-link";
import { linkProvider, signInByProvider } from "../auth/sign-in-by-provider";
import type { Source } from "../auth/source";
import { ticketCookie, ticketCookieName } from "../auth/ticket-cookie";
import type { Problem } from "../contract/shared";
import { codeInput, linkInput, signInInput } from "../contract/users";
import { type SignInProvider, signInProviders } from "../core/account";
import { AppError, notFound } from "../core/errors";
import { settings } from "../platform/env";
import { log } from "../platform/log";
import { networkHeader } from "./client-network";
import { problemResponse } from "./problem";
import { readText } from "./read-body";
import { webRequest } from "./web-request";

type Context = { params: Promise<{ nextauth: string[] }> };

/**
 * The parts of NextAuth that the dashboard uses, besides providers. NextAuth's own pages, and its log for unknown
 * callers, do not exist.
 */
const actions = [
  "GET csrf",
  "GET providers",
  "GET session",
  "POST signout",
  ...forms.map((form) => `POST callback/${form}`),
];
const formBytesMax = 64 * 1024;

/** `/api/auth/*`: NextAuth, behind checks that it does not make itself. */
export async function handleAuth(request: NextRequest, context: Context): Promise<Response> {
  const requestId = randomUUID();
  try {
    const action = (await context.params).nextauth.join("/");
    const method = request.method === "HEAD" ? "GET" : request.method;
    // NextAuth redirects here if the CSRF token is missing, a provider fails, or scripts are disabled.
    if (method === "GET" && (action === "signin" || action === "error")) return redirectToSignIn(request);
    if (!actions.includes(`${method} ${action}`) && !isOfProvider(method, action)) throw notFound("path");
    const form = method === "POST" ? await readForm(request) : undefined;
    const odd = oddCallbackCookie(request);
    if (odd) return clearCookie(odd, requestId);
    if (action === "session" && !(await sessionUser((name) => request.cookies.get(name)?.value))) {
      return Response.json({}, { headers: { "cache-control": "no-store" } });
    }
    return await answerByNextAuth(request, context, { method, action, form, requestId });
  } catch (error) {
    return problemResponse(error, requestId);
  }
}

function isOfProvider(method: string, action: string): boolean {
  return configuredProviders().some(({ id }) =>
    [`POST signin/${id}`, `GET callback/${id}`].includes(`${method} ${action}`),
  );
}

async function answerByNextAuth(
  request: NextRequest,
  context: Context,
  asked: { method: string; action: string; form: URLSearchParams | undefined; requestId: string },
): Promise<Response> {
  const { method, action, form, requestId } = asked;
  const attempt = new SignInAttempt(request);
  const options = authOptions({
    authorize: (name, fields) => attempt.authorize(name, fields),
    admit: (provider, profile) => attempt.admit(provider, profile),
    source: attempt.source,
  });
  const url = new URL(request.nextUrl.pathname, request.nextUrl.origin);
  // Only a provider's answer: NextAuth fails at an invalid `callbackUrl`, and the dashboard sends none.
  if (action.startsWith("callback/")) url.search = providerAnswer(request.nextUrl.searchParams);
  const headers = new Headers(request.headers);
  headers.delete("content-length");
  headers.set("content-type", "application/x-www-form-urlencoded");
  const passedOn = new NextRequest(url, { method, headers, body: form?.toString() });
  const answer: Response = await NextAuth(options)(passedOn, context);
  const response = attempt.refusal ? await refuseSignIn(attempt.refusal, requestId) : answer;
  for (const cookie of attempt.cookies) response.headers.append("set-cookie", cookie);
  return response;
}

/** One request to sign in, with its result besides what NextAuth is told. */
class SignInAttempt {
  readonly source: Source;
  readonly cookies: string[] = [];
  /** Why a form was refused. NextAuth cannot say so: it would use the error's text as its code. */
  refusal: unknown = null;

  constructor(private readonly request: NextRequest) {
    this.source = {
      network: request.headers.get(networkHeader) ?? "unknown",
      userAgent: request.headers.get("user-agent"),
    };
  }

  async authorize(form: Form, fields: Record<string, string> | undefined) {
    try {
      const passed = await this.check(form, fields);
      if (!passed) return null;
      if (passed.ticket === null) return passed;
      this.cookies.push(ticketCookie(passed.ticket));
      this.refusal = new SecondFactorNeeded();
    } catch (error) {
      this.refusal = error;
    }
    return null;
  }

  private async check(form: Form, fields: object | undefined): Promise<FirstFactor | null> {
    const { source } = this;
    if (form === "link") {
      const { token, name } = linkInput.parse(fields);
      return signInByLink({ token, name, source });
    }
    if (form === "second-factor") {
      const input = codeInput.safeParse(fields);
      if (!input.success) return null;
      const ticket = this.request.cookies.get(ticketCookieName)?.value;
      const user = await signInWithSecondFactor({ ticket, code: input.data.code, source });
      if (!user) return null;
      this.cookies.push(ticketCookie(null));
      return { ...user, ticket: null };
    }
    const input = signInInput.safeParse(fields);
    if (!input.success) return null;
    const { email, password } = input.data;
    const cookies = this.request.headers.get("cookie") ?? "";
    const device = knownDevice(cookies, email);
    const user = await signIn({ email, password, device, ...source });
    if (user && device === null) this.cookies.push(deviceCookie(email));
    return user;
  }

  /** Signs in a person whom a provider authenticated, or links the account if they are already signed in. */
  async admit(name: string, profile: unknown): Promise<{ sessionId: string } | { location: string }> {
    const provider = signInProviders.find((one) => one === name);
    const known = providerProfile.safeParse(profile);
    if (!provider || !known.success) return { location: "/sign-in?error=OAuthCallback" };
    try {
      return await this.admitKnown(provider, known.data);
    } catch (error) {
      log().error({ error }, "a sign-in with a provider failed");
      return { location: "/sign-in?error=Failed" };
    }
  }

  private async admitKnown(provider: SignInProvider, profile: z.output<typeof providerProfile>) {
    const { source, request } = this;
    const user = await sessionUser((cookie) => request.cookies.get(cookie)?.value);
    if (user) {
      const refused = await linkProvider({ userId: user.id, provider, profile, source });
      const outcome = refused ? `error=${refused.refusal}` : `linked=${provider}`;
      return { location: `/account/security?${outcome}` };
    }
    const outcome = await signInByProvider({ provider, profile, source });
    if ("refusal" in outcome) {
      const query = new URLSearchParams({ error: outcome.refusal, provider });
      if (outcome.email) query.set("email", outcome.email);
      // A person who then signs in another way gets to the page they wanted.
      query.set("callbackUrl", callbackPath(request));
      return { location: `/sign-in?${query}` };
    }
    if (outcome.ticket === null) return { sessionId: outcome.sessionId };
    this.cookies.push(ticketCookie(outcome.ticket));
    const query = new URLSearchParams({ step: "code", callbackUrl: callbackPath(request) });
    return { location: `/sign-in?${query}` };
  }
}

const providerProfile = z.object({
  id: z.string().min(1).max(255),
  name: z.string().optional(),
  email: z.string().max(254).optional(),
  emailVerified: z.boolean(),
});

class SecondFactorNeeded extends Error {}

/**
 * The fields of a form that NextAuth reads, sent as a form or as JSON. It fails at any other format, and reads the
 * whole body.
 */
async function readForm(request: Request): Promise<URLSearchParams> {
  const text = await readText(webRequest(request), formBytesMax);
  const fields = request.headers.get("content-type")?.includes("json")
    ? jsonForm.parse(parseJson(text))
    : Object.fromEntries(new URLSearchParams(text));
  return new URLSearchParams(
    formFields.flatMap((name) => {
      const value = fields[name];
      // Objects and lists have no text of their own, or converting them throws.
      return ["string", "number", "boolean"].includes(typeof value) ? [[name, String(value)]] : [];
    }),
  );
}

const formFields = ["csrfToken", "email", "password", "token", "name", "code", "callbackUrl", "json"];

/** RFC 6749, 4.1.2; RFC 9207; OpenID Connect Session Management. */
const answerFields = ["code", "state", "iss", "session_state", "error", "error_description"];

function providerAnswer(query: URLSearchParams): string {
  return new URLSearchParams(
    answerFields.flatMap((name) =>
      query
        .getAll(name)
        .slice(0, 1)
        .map((value) => [name, value]),
    ),
  ).toString();
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
async function refuseSignIn(refusal: unknown, requestId: string): Promise<Response> {
  const pageOf = (error: string) => `${settings().appUrl}/sign-in?error=${error}`;
  if (refusal instanceof SecondFactorNeeded) {
    return Response.json(
      { url: pageOf("SecondFactor") },
      { status: 401, headers: { "cache-control": "no-store" } },
    );
  }
  const problem = problemResponse(refusal, requestId);
  const body: Problem = await problem.json();
  const code = refusalCodes[body.code] ?? "Failed";
  return new Response(JSON.stringify({ ...body, url: pageOf(code) }), problem);
}

const refusalCodes: Record<string, string> = {
  rate_limited: "TooManyAttempts",
  conflict: "LinkRefused",
  unauthenticated: "TicketExpired",
};

/** NextAuth stores a URL in a cookie, and fails at an invalid one. */
function oddCallbackCookie({ cookies }: NextRequest): string | null {
  const kept = cookies.getAll().filter(({ name }) => /^(__Secure-)?next-auth\.callback-url$/.test(name));
  const isUrl = (value: string) => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
  return kept.find(({ value }) => !isUrl(value))?.name ?? null;
}

/** The browser that stored it can sign in at its next try. */
function clearCookie(name: string, requestId: string): Response {
  const error = new AppError("validation_failed", `The cookie ${name} must be a URL. Try again without it.`);
  const response = problemResponse(error, requestId);
  response.headers.append(
    "set-cookie",
    `${name}=; Path=/; Max-Age=0${name.startsWith("__Secure-") ? "; Secure" : ""}`,
  );
  return response;
}

/** With the error, and the page to open after signing in. */
function redirectToSignIn(request: NextRequest): Response {
  const error = request.nextUrl.searchParams.get("error") ?? "";
  const query = new URLSearchParams(/^[A-Za-z]{1,40}$/.test(error) ? { error } : {});
  const path = callbackPath(request);
  if (path !== "/") query.set("callbackUrl", path);
  const location = query.size > 0 ? `/sign-in?${query}` : "/sign-in";
  return new Response(null, { status: 307, headers: { location } });
}

/** The page to open after signing in, as stored by NextAuth. That page checks it again. */
function callbackPath({ cookies }: NextRequest): string {
  const kept = cookies.getAll().find(({ name }) => /^(__Secure-)?next-auth\.callback-url$/.test(name))?.value;
  if (!kept || !URL.canParse(kept)) return "/";
  const { origin, pathname, search } = new URL(kept);
  return origin === settings().appUrl ? pathname + search : "/";
}

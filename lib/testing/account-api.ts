import { decode } from "next-auth/jwt";
import { settings } from "../platform/env";
import type { ApiAnswer, RouteModule } from "./api";
import { inNextRequest } from "./in-next-request";
import type { TestSmtpServer } from "./smtp-server";

const origin = "http://localhost:3000";

/** A browser as a test has one: it keeps cookies, and asks the routes as Next does. */
export class TestBrowser {
  readonly cookies = new Map<string, string>();

  constructor(readonly network = "192.0.2.1") {}

  private headers(): Record<string, string> {
    return {
      host: "localhost:3000",
      origin,
      "user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
      "x-posthorn-network": this.network,
      cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; "),
    };
  }

  private keep(answer: Response): void {
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (value === "" || /max-age=0/i.test(cookie)) this.cookies.delete(name);
      else this.cookies.set(name, decodeURIComponent(value));
    }
  }

  /** Calls a route of `/api/account`. */
  async ask<T = unknown>(
    route: RouteModule,
    method: "GET" | "POST" | "PATCH" | "DELETE",
    { id = "", body, headers = {} }: { id?: string; body?: object; headers?: Record<string, string> } = {},
  ): Promise<ApiAnswer<T>> {
    const handler = route[method];
    if (!handler) throw new Error(`the route has no ${method}`);
    const answer = await handler(
      new Request(`${origin}/api/account/x`, {
        method,
        headers: { "content-type": "application/json", ...this.headers(), ...headers },
        ...(body ? { body: JSON.stringify(body) } : {}),
      }),
      { params: Promise.resolve({ id }) },
    );
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, text, body: JSON.parse(text) };
  }

  /** Asks NextAuth, as its client does. */
  async auth(
    action: string,
    { method = "GET", form }: { method?: "GET" | "POST"; form?: Record<string, string> } = {},
  ): Promise<Response> {
    // Not before Next can find what `inNextRequest` brings.
    const { NextRequest } = await import("next/server");
    const { handleAuth } = await import("../http/handle-auth");
    const [path = "", query = ""] = action.split("?");
    const request = new NextRequest(`${origin}/api/auth/${path}${query && `?${query}`}`, {
      method,
      headers: this.headers(),
      ...(form ? { body: new URLSearchParams(form) } : {}),
    });
    const answer = await inNextRequest(request, () =>
      handleAuth(request, { params: Promise.resolve({ nextauth: path.split("/") }) }),
    );
    this.keep(answer);
    return answer;
  }

  /** Sends one of the forms that sign in. Returns `null`, or the code of what is wrong. */
  async signIn(form: string, fields: Record<string, string>): Promise<string | null> {
    const { csrfToken }: { csrfToken: string } = await (await this.auth("csrf")).json();
    const answer = await this.auth(`callback/${form}`, {
      method: "POST",
      form: { ...fields, csrfToken, json: "true" },
    });
    const { url }: { url: string } = await answer.json();
    return new URL(url).searchParams.get("error");
  }

  /** The session that the cookie names. */
  async sessionId(): Promise<unknown> {
    const token = this.cookies.get("next-auth.session-token");
    return token ? (await decode({ token, secret: settings().authSecret }))?.sid : null;
  }
}

/** The token in the link of the newest email to an address. */
export function tokenIn(server: TestSmtpServer, recipient: string): string {
  const token = tokensIn(server, recipient).at(-1);
  if (!token) throw new Error(`no link was sent to ${recipient}`);
  return token;
}

/** The tokens in the links of all emails to an address, oldest first. */
export function tokensIn({ emails }: TestSmtpServer, recipient: string): string[] {
  return emails
    .filter(({ recipients }) => recipients.includes(recipient))
    .flatMap(({ raw }) => {
      const text = raw.replace(/=\r\n/g, "").replace(/=3D/g, "=");
      return /\?token=([\w-]{43})/.exec(text)?.[1] ?? [];
    });
}

import { createHash, randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";

/** What a GitHub Enterprise Server says of whoever signs in there. */
export type GithubPerson = {
  id: number;
  login: string;
  /** The one of the profile, which nobody verified. */
  email?: string;
  emails: { email: string; primary: boolean; verified: boolean }[];
};

/** The OAuth 2.0 and the two requests of a GitHub Enterprise Server, which holds its client to what GitHub does. */
export type GithubServer = {
  url: string;
  /** Who is signed in there; nobody refuses the app. */
  person: GithubPerson | null;
  /** Answers this instead, at a path that ends so. */
  broken: { path: string; status: number; body: string } | null;
  close(): Promise<void>;
};

export const githubClient = { id: "Iv1.posthorn", secret: "a secret that GitHub knows, too" };

type Grant = { person: GithubPerson; redirectUri: string; challenge: string };

/** @param at.port which `GITHUB_URL` names; 0 for any */
export async function startGithubServer({ port }: { port: number }): Promise<GithubServer> {
  const codes = new Map<string, Grant>();
  const tokens = new Map<string, GithubPerson>();
  const github: GithubServer = {
    url: "",
    person: null,
    broken: null,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };

  const routes: Record<string, (request: IncomingMessage, url: URL, answer: ServerResponse) => unknown> = {
    "GET /login/oauth/authorize": (_, { searchParams }, answer) => {
      const asked = Object.fromEntries(searchParams);
      const isKnown = asked.client_id === githubClient.id && asked.code_challenge_method === "S256";
      if (!isKnown || asked.scope !== "read:user user:email")
        return send(answer, 400, { error: "bad request" });
      const back = new URL(asked.redirect_uri ?? "");
      back.searchParams.set("state", asked.state ?? "");
      if (github.person) {
        const code = randomUUID();
        const challenge = asked.code_challenge ?? "";
        codes.set(code, { person: github.person, redirectUri: asked.redirect_uri ?? "", challenge });
        back.searchParams.set("code", code);
      } else {
        back.searchParams.set("error", "access_denied");
      }
      answer.writeHead(302, { location: back.href }).end();
    },
    "POST /login/oauth/access_token": async (request, _, answer) => {
      const form = new URLSearchParams(await text(request));
      const grant = codes.get(form.get("code") ?? "");
      codes.delete(form.get("code") ?? "");
      const challenge = createHash("sha256")
        .update(form.get("code_verifier") ?? "")
        .digest("base64url");
      const isRight =
        isClient(request, form) &&
        form.get("redirect_uri") === grant?.redirectUri &&
        challenge === grant?.challenge;
      // GitHub says with a 200 that a code is not good.
      if (!(grant && isRight)) return send(answer, 200, { error: "bad_verification_code" });
      const token = `gho_${randomUUID()}`;
      tokens.set(token, grant.person);
      send(answer, 200, { access_token: token, scope: "read:user,user:email", token_type: "bearer" });
    },
    "GET /api/v3/user": (request, _, answer) => {
      const person = personOf(request);
      if (!person) return send(answer, 401, { message: "Bad credentials" });
      const { id, login, email = null } = person;
      send(answer, 200, { id, login, name: null, email });
    },
    "GET /api/v3/user/emails": (request, _, answer) => {
      const person = personOf(request);
      send(answer, person ? 200 : 401, person ? person.emails : { message: "Bad credentials" });
    },
  };

  const personOf = ({ headers }: IncomingMessage) =>
    headers["user-agent"] ? tokens.get(headers.authorization?.replace("Bearer ", "") ?? "") : undefined;

  const server = createServer((request, answer) => {
    const url = new URL(request.url ?? "/", `http://127.0.0.1:${port}`);
    if (github.broken && url.pathname.endsWith(github.broken.path)) {
      answer.writeHead(github.broken.status, { "content-type": "text/html" }).end(github.broken.body);
      return;
    }
    const route = routes[`${request.method} ${url.pathname}`];
    if (route) void route(request, url, answer);
    else send(answer, 404, { message: "Not Found" });
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  github.url = `http://127.0.0.1:${typeof address === "object" ? address?.port : port}`;
  return github;
}

/** By the header or the form: GitHub takes both. */
function isClient({ headers }: IncomingMessage, form: URLSearchParams): boolean {
  const { id, secret } = githubClient;
  if (form.get("client_id") === id && form.get("client_secret") === secret) return true;
  const basic = `${encodeURIComponent(id)}:${encodeURIComponent(secret)}`;
  const [, given = ""] = headers.authorization?.split(" ") ?? [];
  return Buffer.from(given, "base64").toString().replaceAll("+", "%20") === basic;
}

function send(answer: ServerResponse, status: number, body: unknown): void {
  answer.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

import { type APIRequestContext, type APIResponse, request } from "@playwright/test";
import type { Connection } from "@/db/connection/client";
import { insertApiKey } from "@/db/queries/api-keys";
import { insertUser } from "@/db/queries/users";
import { insertMembership, insertWorkspace } from "@/db/queries/workspaces";
import { apiKeyHint, hashApiKey, makeApiKey } from "@/lib/api-keys/hash-api-key";
import { hashPassword } from "@/lib/auth/password";
import { apiKeyScopes } from "@/lib/core/api-keys";
import { newId } from "@/lib/core/ids";
import type { Role } from "@/lib/core/roles";
import { countRowsIn, type RowCounts } from "@/lib/testing/count-rows";
import { startTestReceiver, type TestReceiver } from "@/lib/testing/test-receiver.mjs";
import { openPosthornDatabase } from "./open-posthorn-database";
import { type Posthorn, startPosthorn } from "./start-posthorn.mjs";

/** A workspace of a test's own, with a key. */
export type TestWorkspace = {
  id: string;
  slug: string;
  apiKey: string;
  /** Requests with the key. */
  api: APIRequestContext;
  count(): Promise<RowCounts>;
};

type Account = { email: string; password: string };

export type ApiUnderTest = {
  posthorn: Posthorn;
  receiver: TestReceiver;
  database: Connection;
  /** The first owner's, whose workspace has the slug `main`. */
  bootstrap: Account & { apiKey: string };
  makeWorkspace(): Promise<TestWorkspace>;
  /** Requests with a key, or without any. */
  requestsOf(apiKey?: string): Promise<APIRequestContext>;
  /** Makes a person with a role in the workspaces of these slugs. */
  makePerson(role: Role, slugs: readonly string[]): Promise<Account>;
  /** Requests of a person's dashboard, by default the first owner's, with a session that begins now. */
  signIn(account?: Account): Promise<APIRequestContext>;
  stop(): Promise<void>;
};

/** Starts the built app with `POSTHORN_BOOTSTRAP_*`, a receiver, and a connection to its database. */
export async function startApi(env: Record<string, string> = {}): Promise<ApiUnderTest> {
  const bootstrap = { email: "owner@example.com", password: "correct horse battery", apiKey: makeApiKey() };
  const [posthorn, receiver] = await Promise.all([
    startPosthorn({
      env: {
        POSTHORN_BOOTSTRAP_EMAIL: bootstrap.email,
        POSTHORN_BOOTSTRAP_PASSWORD: bootstrap.password,
        POSTHORN_BOOTSTRAP_API_KEY: bootstrap.apiKey,
        ...env,
      },
    }),
    startTestReceiver(),
  ]);
  const database = openPosthornDatabase(posthorn.dataDir);
  const contexts: APIRequestContext[] = [];

  const open = async (options: Parameters<typeof request.newContext>[0]) => {
    const context = await request.newContext({ baseURL: posthorn.url, ...options });
    contexts.push(context);
    return context;
  };
  const requestsOf = (apiKey?: string) =>
    open({ extraHTTPHeaders: apiKey ? { authorization: `Bearer ${apiKey}` } : {} });

  return {
    posthorn,
    receiver,
    database,
    bootstrap,
    requestsOf,
    makePerson: async (role, slugs) => {
      const id = newId();
      const account = { email: `${id}@example.com`, password: "correct horse battery" };
      const passwordHash = await hashPassword(account.password);
      await insertUser(database.db, { id, name: `The ${role}`, email: account.email, passwordHash });
      const found = await database.sql<
        { id: string }[]
      >`select id from workspaces where slug = any(${slugs})`;
      for (const { id: workspaceId } of found) {
        await insertMembership(database.db, { workspaceId, userId: id, role });
      }
      return account;
    },
    signIn: async (account = bootstrap) => {
      const browser = await requestsOf();
      const answer = await sendPassword(browser, account);
      if (answer.status() !== 200) throw new Error(`signing in was answered ${answer.status()}`);
      return open({
        storageState: await browser.storageState(),
        extraHTTPHeaders: { "x-workspace": "main", origin: posthorn.url },
      });
    },
    makeWorkspace: async () => {
      const id = newId();
      const slug = `ws-${id}`;
      const apiKey = makeApiKey();
      await insertWorkspace(database.db, { id, slug, name: slug });
      await insertApiKey(database.db, {
        id: newId(),
        workspaceId: id,
        name: "Test",
        hash: hashApiKey(apiKey),
        hint: apiKeyHint(apiKey),
        scopes: [...apiKeyScopes],
      });
      return { id, slug, apiKey, api: await requestsOf(apiKey), count: () => countRowsIn(database.sql, id) };
    },
    stop: async () => {
      await Promise.all(contexts.map((context) => context.dispose()));
      await Promise.all([database.close(), receiver.close()]);
      await posthorn.stop();
    },
  };
}

/** Signs in as the sign-in page does. */
export async function sendPassword(
  browser: APIRequestContext,
  { email, password }: Account,
): Promise<APIResponse> {
  const { csrfToken }: { csrfToken: string } = await (await browser.get("/api/auth/csrf")).json();
  const form = { csrfToken, email, password, json: "true" };
  return browser.post("/api/auth/callback/credentials", { form });
}

import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { type APIRequestContext, type APIResponse, expect, test } from "@playwright/test";
import { type Role, roles } from "@/lib/core/roles";
import { digestWorkspace } from "@/lib/testing/digest-workspace";
import { type ApiUnderTest, startApi } from "../support/start-api";

/*
 * Every page of the build, as HTML and as React's payload, asked for by no one, by a person of another workspace and by
 * each role. A new page fails until it has a row here.
 */

type PageOfWorkspace = {
  /** Where it leads, below the workspace; without it, it is shown. */
  leadsTo?: string;
  /** Its status to members, unless it is shown. */
  status?: 404;
  /** What roles that may not do what it is for read there. */
  lacking?: { [role in Role]?: string };
};

const readsOnly = "Only owners and developers of this workspace can";
const forOwners = "Only an owner of this workspace";

/** By their addresses below `/[workspace]`. */
const pagesOfWorkspace: Record<string, PageOfWorkspace> = {
  "": {},
  "/[...rest]": { status: 404 },
  "/developers": { leadsTo: "/developers/webhooks" },
  "/developers/webhooks": { lacking: { viewer: readsOnly } },
  "/developers/webhooks/new": { lacking: { viewer: "You can't add webhooks" } },
  "/developers/webhooks/[id]": {},
  "/developers/webhooks/[id]/edit": { lacking: { viewer: "You can't change webhooks" } },
  "/developers/events": {},
  "/developers/jobs": {},
  "/developers/api-keys": { lacking: { viewer: readsOnly } },
  "/settings": { leadsTo: "/settings/general" },
  "/settings/general": { lacking: { developer: forOwners, viewer: forOwners } },
  "/settings/members": { lacking: { developer: forOwners, viewer: forOwners } },
  "/settings/emails": { lacking: { developer: forOwners, viewer: forOwners } },
  "/settings/audit-log": { lacking: { developer: forOwners, viewer: forOwners } },
};

/** Of whoever is signed in; who is not an operator reads the text, if there is one. */
const pagesOfPerson: Record<string, { others?: string }> = {
  "/account": {},
  "/account/security": {},
  "/new": { others: "Only operators of this instance can create workspaces" },
  "/instance": { others: "This page is for operators" },
  "/instance/audit-log": { others: "This page is for operators" },
  "/instance/self-test": { others: "This page is for operators" },
  "/instance/users": { others: "This page is for operators" },
  "/instance/workspaces": { others: "This page is for operators" },
};

/** For everybody; with where they lead no one, and somebody who is signed in, if they do. */
const openPages: Record<string, { address?: string; noOne?: string; person?: string; status?: 404 }> = {
  "/": { noOne: "/sign-in", person: "/main" },
  "/sign-in": { person: "/" },
  "/sign-in/link": { address: "/sign-in/link?token=forged" },
  "/setup": { noOne: "/", person: "/" },
  "/reset-password": { address: "/reset-password?token=forged" },
  "/verify-domain": { address: "/verify-domain?token=forged" },
  "/verify-email": { address: "/verify-email?token=forged" },
  "/invite/[token]": { address: "/invite/forged" },
  "/errors/[code]": { address: "/errors/not-found" },
};

const metricsToken = "a-token-of-those-who-read-metrics";

/** What is no page and of no API, with the status of GET; those of the APIs are in lib/http/other-routes.api.db.test.ts. */
const routesBeside: Record<
  string,
  { address?: string; status: number; isOfFront?: true; headers?: Record<string, string> }
> = {
  "/.well-known/jwks.json": { status: 200 },
  "/api/auth/[...nextauth]": { address: "/api/auth/session", status: 200 },
  "/api/health": { status: 200, isOfFront: true },
  "/api/health/live": { status: 200, isOfFront: true },
  "/api/inngest": { status: 404 },
  "/api/metrics": { status: 200, isOfFront: true, headers: { authorization: `Bearer ${metricsToken}` } },
  "/api/openapi.json": { status: 200 },
  "/api/setup": { status: 405 },
};
const ofApis = /^\/api\/(v1|account|email-domains|instance|invitations)\//;

/** What Next adds. */
const ofNext = ["/_not-found", "/_global-error"];

const manifest: Record<string, string> = JSON.parse(
  readFileSync(".next/app-path-routes-manifest.json", "utf8"),
);

/** What belongs to a workspace: names, ids and addresses that are nowhere else. */
type Tenant = { id: string; slug: string; owner: APIRequestContext; webhook: string; signs: string[] };

let app: ApiUnderTest;
let ours: Tenant;
let theirs: Tenant;
let noOne: APIRequestContext;
let people: Record<Role, APIRequestContext>;
let before: Record<string, string>;

test.beforeAll(async () => {
  app = await startApi({ POSTHORN_METRICS_TOKEN: metricsToken });
  [ours, theirs] = [await makeTenant("main"), await makeTenant()];
  noOne = await app.requestsOf();
  const signInAs = async (role: Role) => app.signIn(await app.makePerson(role, ["main"]));
  people = {
    owner: await signInAs("owner"),
    developer: await signInAs("developer"),
    viewer: await signInAs("viewer"),
  };
  before = await rowsOfTheirs();
});

test.afterAll(() => app?.stop());

test("every page of the build has a row, and the build has no server function", () => {
  const pages = Object.entries(manifest).flatMap(([file, address]) =>
    file.endsWith("/page") ? [address] : [],
  );
  const known = [
    ...Object.keys(pagesOfWorkspace).map((below) => `/[workspace]${below}`),
    ...Object.keys(pagesOfPerson),
    ...Object.keys(openPages),
    ...ofNext,
  ];
  expect(pages.toSorted()).toEqual(known.toSorted());
  const functions = JSON.parse(readFileSync(".next/server/server-reference-manifest.json", "utf8"));
  // Whoever adds one gives it a test as pages have it: by no one, by another workspace, by each role.
  expect({ node: functions.node, edge: functions.edge }).toEqual({ node: {}, edge: {} });
});

for (const [below, { leadsTo, status, lacking = {} }] of Object.entries(pagesOfWorkspace)) {
  const address = (slug: string, webhook = ours.webhook) =>
    `/${slug}${below.replace("[id]", webhook).replace("[...rest]", "nothing/at/all")}`;

  test(`/[workspace]${below} leads no one to the sign-in page`, async () => {
    const path = address("main");
    const answer = await visit(noOne, path);
    expectLedTo(answer, `/sign-in?callbackUrl=${encodeURIComponent(path)}`);
    expectNoneOf(ours.signs, answer);
  });

  test(`/[workspace]${below} shows nothing of a workspace to others`, async () => {
    for (const role of roles) {
      const answer = await visit(people[role], address(theirs.slug, theirs.webhook));
      const ofNothing = await visit(people[role], address(`ws-${theirs.webhook}`, theirs.webhook));
      expect(answer.status).toBe(404);
      expect(answer.text).toBe(ofNothing.text);
      expectNoneOf(theirs.signs, answer);
      if (!below.includes("[id]")) continue;
      const withTheirId = await visit(people[role], address("main", theirs.webhook));
      const withNoId = await visit(people[role], address("main", `ep_${"0".repeat(32)}`));
      expect(withTheirId.status).toBe(withNoId.status);
      expect(withTheirId.text).toBe(withNoId.text);
      expectNoneOf(theirs.signs, withTheirId);
    }
    if (leadsTo === undefined) {
      // What it would show is what is looked for.
      const own = await visit(theirs.owner, address(theirs.slug, theirs.webhook));
      expect(() => expectNoneOf(theirs.signs, own)).toThrow();
    }
  });

  for (const role of roles) {
    test(`/[workspace]${below} is for the ${role} what the role may see`, async () => {
      const answer = await visit(people[role], address("main"));
      if (leadsTo !== undefined) return expectLedTo(answer, `/main${leadsTo}`);
      expect(answer.status).toBe(status ?? 200);
      const texts = Object.values(lacking);
      const read = texts.filter((text) => answer.text.includes(text));
      expect(read, answer.text).toEqual(texts.filter((text) => text === lacking[role]));
      expectNoneOf(theirs.signs, answer);
      if (role !== "owner") expectNoneOf([invitedTo("main")], answer);
      return undefined;
    });
  }
}

for (const [path, { others }] of Object.entries(pagesOfPerson)) {
  test(`${path} leads no one to the sign-in page`, async () => {
    const answer = await visit(noOne, path);
    expectLedTo(answer, `/sign-in?callbackUrl=${encodeURIComponent(path)}`);
    expectNoneOf([...ours.signs, ...theirs.signs], answer);
  });

  test(`${path} shows a person nothing of others`, async () => {
    for (const role of roles) {
      const answer = await visit(people[role], path);
      expect(answer.status).toBe(200);
      if (others) expect(answer.text).toContain(others);
      expectNoneOf([...ours.signs, ...theirs.signs], answer);
    }
    const operator = await visit(ours.owner, path);
    expect(operator.status).toBe(200);
    if (others) expect(operator.text).not.toContain(others);
  });
}

for (const [pattern, page] of Object.entries(openPages)) {
  test(`${pattern} shows nothing of any workspace`, async () => {
    const path = page.address ?? pattern;
    for (const [who, leadsTo] of [
      [noOne, page.noOne],
      [people.viewer, page.person],
    ] as const) {
      const answer = await visit(who, path);
      if (leadsTo) expectLedTo(answer, leadsTo);
      else expect(answer.status).toBe(200);
      expectNoneOf([...ours.signs, ...theirs.signs], answer);
    }
  });
}

test("every route of the build is of an API, or has a row", () => {
  const routes = Object.entries(manifest).flatMap(([file, address]) =>
    file.endsWith("/route") && !ofApis.test(address) ? [address] : [],
  );
  const known = Object.entries(routesBeside).flatMap(([route, { isOfFront }]) => (isOfFront ? [] : [route]));
  expect(routes.toSorted()).toEqual(known.toSorted());
});

for (const [route, { address = route, status, headers = {} }] of Object.entries(routesBeside)) {
  test(`${route} says nothing of any workspace`, async () => {
    for (const who of [noOne, people.viewer]) {
      const answer = await who.get(address, { maxRedirects: 0, headers });
      expect(answer.status()).toBe(status);
      const text = await answer.text();
      expectNoneOf([...ours.signs, ...theirs.signs], { path: address, html: text, payload: "" });
    }
  });
}

test("looking at pages changed no row of the other workspace", async () => {
  expect(before.endpoints).toMatch(/^1 rows, /);
  expect(await rowsOfTheirs()).toEqual(before);
});

type Visit = {
  path: string;
  status: number;
  location: string | null;
  html: string;
  payload: string;
  text: string;
};

/** Asks for a page twice: as a browser that opens it, and as one that comes from another page. */
async function visit(as: APIRequestContext, path: string): Promise<Visit> {
  // Whoever asks for the payload without it is sent to the address with it.
  const query = path.includes("?") ? "&_rsc" : "?_rsc";
  const [opened, moved] = await Promise.all([
    as.get(path, { maxRedirects: 0 }),
    as.get(path + query, { maxRedirects: 0, headers: { rsc: "1" } }),
  ]);
  expect(moved.headers()["content-type"]).toContain("text/x-component");
  const html = await opened.text();
  return {
    path,
    status: opened.status(),
    location: pathOf(opened),
    html,
    payload: await moved.text(),
    text: textOf(html),
  };
}

function pathOf(answer: APIResponse): string | null {
  const { location } = answer.headers();
  if (location === undefined) return null;
  const { pathname, search } = new URL(location, app.posthorn.url);
  return pathname + search;
}

/** What a page says, without tags and scripts, and first its title: Next sends that before the rest or after it. */
const textOf = (html: string) =>
  `${/<title>.*?<\/title>/s.exec(html)?.[0]} ${html.replace(/<title>.*?<\/title>/gs, "")}`
    .replace(/<(script|style)\b.*?<\/\1>/gs, "")
    .replace(/<[^>]+>/g, " ")
    .replaceAll("&#x27;", "'")
    .replace(/\s+/g, " ");

function expectLedTo({ status, location, payload }: Visit, path: string): void {
  expect({ status, location }).toEqual({ status: 307, location: path });
  expect(payload).toContain(`NEXT_REDIRECT;replace;${path};307;`);
}

/** Beside what the address that was asked for says itself. */
function expectNoneOf(
  signs: string[],
  { path, html, payload }: Pick<Visit, "path" | "html" | "payload">,
): void {
  const unknown = signs.filter((sign) => !path.includes(sign));
  expect(unknown.filter((sign) => html.includes(sign))).toEqual([]);
  expect(unknown.filter((sign) => payload.includes(sign))).toEqual([]);
}

const invitedTo = (slug: string) => `invited-to-${slug}@example.com`;

/** Fills a workspace with a thing of each kind that pages show, whose names are in no other. */
async function makeTenant(slug?: string): Promise<Tenant> {
  const { sql } = app.database;
  const mark = `mark-${randomBytes(6).toString("hex")}`;
  const workspace = slug === undefined ? await app.makeWorkspace() : undefined;
  const name = workspace?.slug ?? "main";
  const account = workspace ? await app.makePerson("owner", [name]) : app.bootstrap;
  const owner = await app.signIn(account);
  const ask = async (method: "get" | "post" | "patch", path: string, data?: object) => {
    const answer = await owner[method](`/api/v1${path}`, {
      headers: { "x-workspace": name },
      ...(data ? { data } : {}),
    });
    if (!answer.ok()) throw new Error(`${path} was answered ${answer.status()}: ${await answer.text()}`);
    return answer.json();
  };
  await ask("patch", "/workspace", { name: `Workspace ${mark}` });
  await sql`update users set name = ${`Person ${mark}`} where email = ${account.email}`;
  const type = `${mark.replace("-", ".")}.made`;
  await ask("post", "/event-types", { name: type, example: {} });
  const url = `${app.receiver.origin}/${mark}`;
  const webhook = await ask("post", "/endpoints", { url, name: `Webhook ${mark}` });
  await ask("post", `/endpoints/${webhook.id}/disable`, {});
  const event = await ask("post", "/events", { type, data: { mark } });
  const replay = await ask("post", "/replays", { filter: { endpointId: webhook.id } });
  const key = await ask("post", "/api-keys", { name: `Key ${mark}`, scopes: ["events:read"] });
  const invited = invitedTo(name);
  await ask("post", "/invitations", { email: invited, role: "viewer" });
  await ask("post", "/saved-views", { name: `View ${mark}`, log: "deliveries", query: "" });
  await ask("post", "/emails/test", {});
  const [row] = await sql<{ id: string }[]>`select id from workspaces where slug = ${name}`;
  const ids = [webhook.id, event.id, replay.id, key.id];
  return {
    id: row?.id ?? "",
    slug: name,
    owner,
    webhook: webhook.id,
    signs: [mark, type, invited, ...ids, ...(workspace ? [account.email] : [])],
  };
}

/** Without sums, which are added up by the clock, and what is in no workspace. */
async function rowsOfTheirs(): Promise<Record<string, string>> {
  const tables = await app.database.sql<{ name: string }[]>`
    select distinct table_name as name from information_schema.columns
    where table_schema = 'public' and column_name = 'workspace_id'`;
  const own = [
    "workspaces",
    ...tables.map(({ name }) => name).filter((name) => !/_(deltas|hours|minutes|buckets)$/.test(name)),
  ];
  const all = await digestWorkspace(app.database.sql, theirs.id);
  return Object.fromEntries(Object.entries(all).filter(([table]) => own.includes(table)));
}

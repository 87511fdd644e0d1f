import { createHash, randomBytes } from "node:crypto";
import net from "node:net";
import { v7 } from "uuid";
import { isForOthers, ownUrl } from "../../lib/platform/own-url.mjs";
import { withDatabase } from "../commands/with-database.mjs";
import { dataDirFor } from "../embedded-postgres/data-folder.mjs";
import { StartError } from "../embedded-postgres/start-error.mjs";
import { say } from "../launcher/progress.mjs";
import { checkout } from "../launcher/settings.mjs";
import { setupLink } from "../launcher/setup-link.mjs";

/** @typedef {import("../launcher/settings.mjs").LaunchSettings} LaunchSettings */
/** @typedef {import("postgres").Sql} Sql */

/**
 * A Posthorn that runs, and may be filled.
 * @typedef {object} Instance
 * @property {string} apiKey
 * @property {(method: string, route: string, body?: unknown) => Promise<Record<string, unknown>>} request to the API;
 *   throws with the response unless it is 2xx
 * @property {(webhooks: number) => Promise<void>} makeRoomFor lets the workspace have so many more
 * @property {<T>(work: (sql: Sql) => Promise<T>) => Promise<T>} inDatabase
 */

const keyName = "Seed";
const email = "developer@example.com";
const scopes =
  "events:write events:read endpoints:read endpoints:write secrets:read eventTypes:read eventTypes:write deliveries:read deliveries:write";

/**
 * Makes sure that the Posthorn of these settings may be filled, with an account and an API key.
 * @param {LaunchSettings} settings
 * @param {{ yes: boolean }} options `yes`: whatever is there already
 * @returns {Promise<Instance>}
 */
export async function openInstance(settings, { yes }) {
  /** @type {Instance["inDatabase"]} */
  const inDatabase = async (work) => {
    /** @type {{ result: Awaited<ReturnType<typeof work>> }[]} */
    const results = [];
    await withDatabase(settings, async (sql) => {
      results.push({ result: await work(sql) });
    });
    const [done] = results;
    if (!done) throw new Error("the work on the database gave nothing");
    return done.result;
  };
  const url = ownUrl({ host: settings.hostname, port: settings.port });
  if (!yes) await inDatabase((sql) => refuseWhatIsUsed(sql, settings));
  await makeAccount(settings, url);
  const apiKey = `phk_${randomBytes(32).toString("base64url")}`;
  const workspaceId = await inDatabase((sql) => addKey(sql, apiKey));
  return {
    apiKey,
    inDatabase,
    request: (method, route, body) => ask(`${url}/api/v1${route}`, method, body, apiKey),
    makeRoomFor: async (webhooks) => {
      await inDatabase(
        (sql) => sql`update workspaces w set endpoint_limit = greatest(endpoint_limit, ${webhooks} + (
          select count(*)::int from endpoints p where p.workspace_id = w.id and p.deleted_at is null
        )) where id = ${workspaceId}`,
      );
    },
  };
}

/**
 * Throws unless nothing was sent here yet, or all of it stays on this machine.
 * @param {Sql} sql
 * @param {LaunchSettings} settings
 */
async function refuseWhatIsUsed(sql, settings) {
  const [found] = await sql`select exists (select from events) as events,
    (select array_agg(url) from endpoints where deleted_at is null) as urls`;
  /** @type {string[]} */
  const urls = found?.urls ?? [];
  if (!found?.events && urls.length === 0) return;
  const reasons = [
    ...(isHere(settings.url) && !isForOthers(settings.hostname) ? [] : ["others can reach it"]),
    ...(!settings.databaseUrl || isHere(settings.databaseUrl) ? [] : ["its database is on another machine"]),
    ...(urls.every(isHere) ? [] : ["it has webhooks on other machines, which would get the events"]),
  ];
  if (reasons.length === 0) return;
  throw new StartError(
    `The Posthorn at ${settings.url} looks as if someone uses it: ${reasons.join("; ")}. Nothing was changed. Set POSTHORN_DATA_DIR to another folder, or add --yes to fill it anyway.`,
  );
}

/** @param {string} url */
function isHere(url) {
  const host = new URL(url).hostname.replace(/^\[(.*)\]$/, "$1");
  return host === "" || host === "localhost" || host === "::1" || (net.isIPv4(host) && !isForOthers(host));
}

/**
 * Makes the first account if there is none.
 * @param {LaunchSettings} settings
 * @param {string} url
 */
async function makeAccount(settings, url) {
  const health = await ask(`${url}/api/health`, "GET");
  if (health.setup === "done") return;
  const password = randomBytes(9).toString("base64url");
  const link = setupLink(settings.url, dataDirFor({ checkout, chosen: settings.dataDir }));
  const token = new URL(link).searchParams.get("token") ?? undefined;
  await ask(`${url}/api/setup`, "POST", { name: "Developer", email, password, workspace: "Main", token });
  say(`Your account: ${email}, password ${password}`);
}

/**
 * Keeps a key of the oldest workspace. Those of earlier seeds end.
 * @param {Sql} sql
 * @param {string} apiKey
 * @returns {Promise<string>} the workspace's id
 */
async function addKey(sql, apiKey) {
  const hash = createHash("sha256").update(apiKey).digest("hex");
  const [workspace] = await sql`select id from workspaces order by id limit 1`;
  if (!workspace) {
    throw new StartError(
      "The running Posthorn uses a different database from that of POSTHORN_DATA_DIR or DATABASE_URL. Set them to the values it was started with.",
    );
  }
  await sql`update api_keys set revoked_at = now()
    where workspace_id = ${workspace.id} and name = ${keyName} and revoked_at is null`;
  await sql`insert into api_keys (id, workspace_id, name, hash, hint, scopes)
    values (${v7()}, ${workspace.id}, ${keyName}, ${hash}, ${`${apiKey.slice(0, 8)}…`}, ${scopes.split(" ")})`;
  return workspace.id;
}

/**
 * @param {string} url
 * @param {string} method
 * @param {unknown} [body]
 * @param {string} [apiKey]
 * @returns {Promise<Record<string, unknown>>}
 */
async function ask(url, method, body, apiKey) {
  const response = await fetch(url, {
    method,
    headers: {
      "content-type": "application/json",
      ...(apiKey ? { authorization: `Bearer ${apiKey}` } : {}),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (response.ok) return JSON.parse(text);
  throw new StartError(`${method} ${url} was answered ${response.status}: ${text}`);
}

import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { msOfId } from "@/db/fragments/time-of-id.mjs";
import { compareLedger } from "@/db/queries/compare-ledger";
import { recountFailureGroups } from "@/db/queries/fold-group-deltas";
import { recountDeliveries } from "@/db/queries/recount-deliveries";
import { openPosthornDatabase } from "../support/open-posthorn-database";
import type { Posthorn } from "../support/start-posthorn.mjs";
import { dataDirForTest, startForTest } from "./start-for-test";

const program = fileURLToPath(new URL("../../bin/seed.mjs", import.meta.url));

async function seed({ port, dataDir }: Posthorn, args: string[]) {
  const env = { ...process.env, DATABASE_URL: "", PORT: String(port), POSTHORN_DATA_DIR: dataDir };
  const run = promisify(execFile)(process.execPath, [program, ...args], { env });
  return run.catch((error: { code: number; stdout: string; stderr: string }) => error);
}

test("a seed shows deliveries in every state over hours, and the ledger, the counts and the tables agree on all of it", async () => {
  const posthorn = await startForTest({ dataDir: dataDirForTest() });
  const filled = await seed(posthorn, ["--quick"]);
  expect(filled.stderr).toBe("");
  expect(filled.stdout.trimEnd().split("\n").at(-1)).toBe(`Filled. The dashboard is at ${posthorn.url}`);
  const [, apiKey = ""] = /^API key: (\S+)$/m.exec(filled.stdout) ?? [];
  const read = async (path: string) => {
    const answer = await fetch(`${posthorn.url}/api/v1${path}`, {
      headers: { authorization: `Bearer ${apiKey}` },
    });
    const { data }: { data: Record<string, unknown>[] } = await answer.json();
    return data;
  };
  const endpoints = await read("/endpoints");
  expect(endpoints).toHaveLength(10);
  expect(new Set(endpoints.map(({ status }) => status))).toEqual(new Set(["enabled", "failing", "disabled"]));
  for (const status of ["pending", "held", "succeeded", "failed", "discarded"]) {
    expect(await read(`/deliveries?status=${status}&limit=1`), status).toHaveLength(1);
  }
  for (const error of ["tls_error", "connection_reset", "invalid_response"]) {
    expect(await read(`/deliveries?error=${error}&limit=1`), error).toHaveLength(1);
  }

  const database = openPosthornDatabase(posthorn.dataDir);
  try {
    const hour = 60 * 60 * 1_000;
    const [from, to] = [new Date(Date.now() - 24 * hour), new Date(Date.now() + hour)];
    expect(await compareLedger(database.sql, { from, to })).toEqual([]);
    expect(await recountDeliveries(database.sql, { from, to })).toBe(0);
    expect(await recountFailureGroups(database.sql)).toBe(0);
    for (const { name, lastSuccessAt, lastDeliveryAt } of await read("/endpoints")) {
      expect(Date.parse(String(lastSuccessAt)), String(name)).toBeLessThanOrEqual(
        Date.parse(String(lastDeliveryAt)),
      );
    }
    const ids = await database.sql`select from events e where position(replace(id::text, '-', '') in body) = 0
      or abs(extract(epoch from timestamp) * 1000 - ${database.sql.unsafe(msOfId("id"))}) > 60000`;
    expect(ids).toHaveLength(0);
    const past = await database.sql`
      select hour from (select * from ledger_hours union all select * from ledger_deltas) l
      where hour < date_trunc('hour', now()) group by hour having sum(accepted) > 0`;
    expect(past).toHaveLength(3);

    // Somebody's own: an event would leave this machine.
    await database.sql`update endpoints set url = 'https://example.com/hook' where name = 'Billing service'`;
    const [before] = await database.sql`select count(*) from events`;
    const refused = await seed(posthorn, ["--quick"]);
    expect(refused).toMatchObject({ code: 1, stdout: "" });
    expect(refused.stderr).toContain("webhooks on other machines");
    expect(refused.stderr).toContain("Nothing was changed.");
    expect(await database.sql`select count(*) from events`).toEqual([before]);
  } finally {
    await database.close();
  }
});

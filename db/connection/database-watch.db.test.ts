import net, { type AddressInfo, type Socket } from "node:net";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../testing/test-database";
import { type Connection, openDatabase } from "./client";
import { DatabaseWatch } from "./database-watch";

let testDatabase: TestDatabase;
beforeAll(async () => {
  testDatabase = await createTestDatabase();
  Object.assign(globalThis, { posthornSettings: { logLevel: "silent" } });
});
afterAll(() => testDatabase.drop());

/** The database behind a line that can be frozen: it takes connections, and passes nothing on. */
async function frozenLine() {
  const url = new URL(testDatabase.url);
  const folder = url.searchParams.get("host");
  const { hostname, port } = url;
  const pairs: [from: Socket, to: Socket][] = [];
  const connections: Connection[] = [];
  let frozen = false;
  const server = net.createServer((near) => {
    const far = folder ? net.connect(`${folder}/.s.PGSQL.${port}`) : net.connect(Number(port), hostname);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      pairs.push([from, to]);
      from.on("error", () => to.destroy());
      if (!frozen) from.pipe(to);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url.searchParams.delete("host");
  url.hostname = "127.0.0.1";
  url.port = String((server.address() as AddressInfo).port);
  const open = (): Connection => {
    const connection = openDatabase(url.href, { max: 1 });
    connections.push(connection);
    return connection;
  };
  onTestFinished(async () => {
    await Promise.all(connections.map((connection) => connection.close()));
    for (const [socket] of pairs) socket.destroy();
    server.close();
  });
  return {
    open,
    freeze() {
      frozen = true;
      for (const [from, to] of pairs) from.unpipe(to).pause();
    },
    thaw() {
      frozen = false;
      for (const [from, to] of pairs) from.pipe(to);
    },
  };
}

test("what waits for a frozen database is refused, what comes then at once, and all goes on when it answers", async () => {
  const line = await frozenLine();
  const [{ sql }, probe] = [line.open(), line.open()];
  const watch = new DatabaseWatch(() => probe.sql`select 1`);
  const one = () => watch.guard(() => sql`select 1 as one`.then(([row]) => row?.one));
  expect(await one()).toBe(1);

  line.freeze();
  const refused = { code: "unavailable", extra: { retryAfterSeconds: 5 } };
  await expect(Promise.all([one(), one()])).rejects.toMatchObject({
    ...refused,
    message: expect.stringContaining("it is unknown whether anything was written"),
  });
  let worked = false;
  await expect(
    watch.guard(async () => {
      worked = true;
    }),
  ).rejects.toMatchObject({ ...refused, message: expect.stringContaining("nothing was written") });
  expect(worked).toBe(false);

  line.thaw();
  await expect.poll(() => one().catch(() => null)).toBe(1);
});

test("a request that takes long is left alone while the database answers", async () => {
  const line = await frozenLine();
  const [{ sql }, probe] = [line.open(), line.open()];
  let asked = 0;
  const watch = new DatabaseWatch(() => {
    asked += 1;
    return probe.sql`select 1`;
  });
  expect(await watch.guard(() => sql`select 1 as one from pg_sleep(5)`.then(([row]) => row?.one))).toBe(1);
  expect(asked).toBeGreaterThan(0);
});

test("an error of the work is the request's, and a database that refuses connections is not silent", async () => {
  const watch = new DatabaseWatch(() =>
    Promise.reject(Object.assign(new Error("no"), { code: "ECONNREFUSED" })),
  );
  await expect(watch.guard(() => Promise.reject(new Error("mine")))).rejects.toThrow("mine");
  const slow = () => new Promise<string>((resolve) => setTimeout(resolve, 4_500, "done"));
  expect(await watch.guard(slow)).toBe("done");
});

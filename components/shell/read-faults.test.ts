import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { afterEach, expect, test } from "vitest";
import { ApiError } from "@/lib/api-client/api-error";
import { describeFault, ReadFaults } from "./read-faults";

const client = new QueryClient({ defaultOptions: { queries: { retryDelay: 1, networkMode: "always" } } });
const cleanUps: (() => void)[] = [];

afterEach(() => {
  for (const cleanUp of cleanUps.splice(0)) cleanUp();
  client.clear();
});

function watch(): ReadFaults {
  const faults = new ReadFaults(client.getQueryCache());
  cleanUps.push(faults.subscribe(() => {}));
  return faults;
}

/** A query that a page shows; it answers with the given statuses in turn, then always with the last one. */
function show(key: string, { retry = false }: { retry?: number | false } = {}) {
  const server = { status: 200, next: [] as number[] };
  const observer = new QueryObserver(client, {
    queryKey: [key],
    queryFn: () => {
      const status = server.next.shift() ?? server.status;
      if (status !== 200) throw new ApiError({ status, detail: "No." });
      return key;
    },
    retry,
  });
  const leave = observer.subscribe(() => {});
  cleanUps.push(leave);
  return { server, leave, read: () => observer.refetch() };
}

test("what was shown and cannot be read again is reported until it is read", async () => {
  const faults = watch();
  const list = show("list");
  await list.read();
  expect(faults.read()).toBeNull();
  list.server.status = 0;
  await list.read();
  const since = faults.read()?.since;
  expect(since).toBeInstanceOf(Date);
  await list.read();
  expect(faults.read()?.since).toBe(since);
  list.server.status = 200;
  await list.read();
  expect(faults.read()).toBeNull();
});

test("what was deleted meanwhile is no fault: its part of the page says so", async () => {
  const faults = watch();
  const webhook = show("webhook");
  await webhook.read();
  webhook.server.status = 503;
  await webhook.read();
  expect(faults.read()).not.toBeNull();
  webhook.server.status = 404;
  await webhook.read();
  expect(faults.read()).toBeNull();
});

test("one try that fails is no fault, the second is", async () => {
  const faults = watch();
  const reported: boolean[] = [];
  cleanUps.push(client.getQueryCache().subscribe(() => reported.push(faults.read() !== null)));
  const list = show("list", { retry: 2 });
  await list.read();
  list.server.next.push(503);
  await list.read();
  expect(reported).not.toContain(true);
  list.server.next.push(503, 503);
  await list.read();
  expect(reported).toContain(true);
  expect(faults.read()).toBeNull();
});

test("a part that was never read and is refused says so in its own place; that the server is away is reported", async () => {
  const faults = watch();
  const sheet = show("sheet");
  sheet.server.status = 500;
  await sheet.read();
  expect(faults.read()).toBeNull();
  sheet.server.status = 502;
  await sheet.read();
  expect(faults.read()?.error).toMatchObject({ status: 502 });
});

test("what the page does not show any more is not reported", async () => {
  const faults = watch();
  const list = show("list");
  await list.read();
  list.server.status = 0;
  await list.read();
  expect(faults.read()).not.toBeNull();
  list.leave();
  expect(faults.read()).toBeNull();
});

test("a change made here is no sign of the server", async () => {
  const faults = watch();
  const list = show("list");
  await list.read();
  list.server.status = 0;
  await list.read();
  client.setQueryData(["list"], "changed");
  expect(faults.read()).not.toBeNull();
});

test("words say since when, and what the server answers", () => {
  const words = (status: number) =>
    describeFault({ since: new Date(), error: new ApiError({ status, detail: "Ask an owner." }) }, "13:17");
  expect(words(0)).toEqual({ title: "Not connected since 13:17, trying again", detail: null });
  expect(words(503)).toEqual({
    title: "Not connected since 13:17, trying again",
    detail: "The server answered 503.",
  });
  expect(words(403)).toEqual({ title: "Not up to date since 13:17", detail: "Ask an owner." });
  expect(words(401)).toEqual({ title: "Signed out since 13:17", detail: null });
});

import { expect, test } from "vitest";
import { accountFor } from "./account-for.mjs";

type Input = Parameters<typeof accountFor>[0];
type Publication = Input["driver"]["publications"][number];
type Received = Input["records"]["received"][number];

const pathsOf = (type: string) => (type === "order.paid" ? ["/all", "/paid"] : ["/all"]);
const paid = (mark: string) => ({ type: "order.paid", mark });
const noted = (mark: string) => ({ type: "order.noted", mark });

function publication(events: Publication["events"], eventIds: string[], keyed = false): Publication {
  const outcome = eventIds.length > 0 ? "accepted" : "unknown";
  return { events, isBatch: events.length > 1, keyed, outcome, eventIds };
}

function arrival(
  mark: string,
  eventId: string,
  path = "/all",
  webhookId = `dlv ${eventId} ${path}`,
): Received {
  return { webhookId, path, eventId, mark };
}

/** The log lists what arrived as succeeded, unless given otherwise. */
function account(publications: Publication[], received: Received[], log?: Input["log"]) {
  const arrived = new Map(received.map(({ webhookId, eventId }) => [webhookId, eventId]));
  return accountFor({
    installation: { pathsOf },
    driver: { publications, unexpected: [] },
    records: { received, unsigned: [], busiest: {} },
    log: log ?? [...arrived].map(([id, eventId]) => ({ id, eventId, status: "succeeded" })),
  });
}

test("what arrived everywhere is well, and what arrived again is a duplicate", () => {
  const once = arrival("1.0", "evt_1", "/paid");
  expect(account([publication([paid("1.0")], ["evt_1"])], [arrival("1.0", "evt_1"), once, once])).toEqual({
    accepted: 1,
    refused: 0,
    unknown: 0,
    received: 2,
    duplicates: [{ webhookId: "dlv evt_1 /paid", times: 2 }],
    missing: [],
    problems: [],
  });
});

test("an accepted event that did not arrive at one of its webhooks is missing, whatever the log says", () => {
  const log = ["/all", "/paid"].map((path) => ({
    id: `dlv evt_1 ${path}`,
    eventId: "evt_1",
    status: "succeeded",
  }));
  const { missing } = account([publication([paid("1.0")], ["evt_1"])], [arrival("1.0", "evt_1")], log);
  expect(missing).toEqual(["evt_1 at /paid"]);
});

test("an event without an answer may arrive or not, but a batch only as a whole", () => {
  const batch = publication([noted("1.0"), noted("1.1")], []);
  const [first, second] = [arrival("1.0", "evt_1"), arrival("1.1", "evt_2")];
  expect(account([batch], [])).toMatchObject({ unknown: 2, missing: [], problems: [] });
  expect(account([batch], [first, second])).toMatchObject({ missing: [], problems: [] });
  expect(account([batch], [first]).problems).toEqual(["of a batch of 2 with 1.0, 1 arrived"]);
});

test("what was refused does not arrive", () => {
  const refused: Publication = { ...publication([noted("1.0")], []), outcome: "refused" };
  expect(account([refused], [])).toMatchObject({ refused: 1, problems: [] });
  const { problems } = account([refused], [arrival("1.0", "evt_1")]);
  expect(problems).toEqual(["of 1 events with 1.0, 1 arrived although they were refused"]);
});

test("one publication is one event, also if it was sent again with its key", () => {
  const arrivals = [arrival("1.0", "evt_1"), arrival("1.0", "evt_2")];
  const { problems } = account([publication([noted("1.0")], ["evt_1"], true)], arrivals);
  expect(problems).toContain("1.0 was published once and is evt_1 and evt_2");
});

test("a delivery keeps its id when it is sent again", () => {
  const arrivals = [arrival("1.0", "evt_1", "/all", "dlv_1"), arrival("1.0", "evt_1", "/all", "dlv_2")];
  const { problems } = account([publication([noted("1.0")], ["evt_1"])], arrivals);
  expect(problems).toContain("evt_1 arrived at /all under dlv_1 and dlv_2");
});

test("the log is to hold every delivery, and each as succeeded", () => {
  const arrivals = [arrival("1.0", "evt_1")];
  const publications = [publication([noted("1.0")], ["evt_1"])];
  const pending = [{ id: "dlv evt_1 /all", eventId: "evt_1", status: "pending" }];
  expect(account(publications, arrivals, pending).problems).toEqual(["dlv evt_1 /all is pending in the log"]);
  expect(account(publications, arrivals, []).problems).toEqual([
    "evt_1 has 0 deliveries in the log, not 1",
    "dlv evt_1 /all arrived and is not in the log",
  ]);
});

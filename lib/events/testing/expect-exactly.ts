import { expect } from "vitest";
import { database } from "@/db/connection/database";
import { AppError } from "../../core/errors";
import { toPublicId } from "../../core/ids";
import type { TestWorkspace } from "../../testing/test-workspace";

type Published = Awaited<ReturnType<TestWorkspace["publish"]>>;
type Sent = { type?: string; data?: Record<string, unknown>; idempotencyKey?: string };
/** What was sent in one request, and what became of it. */
export type Answer = { sent: Sent[]; published?: Published; error?: unknown };

export async function settle(workspace: TestWorkspace, sent: Sent[]): Promise<Answer> {
  try {
    return { sent, published: await workspace.publish(sent) };
  } catch (error) {
    return { sent, error };
  }
}

/**
 * Holds the tables to the answers: what was answered is there, as it was sent, with exactly its deliveries and its rows
 * in the queue; a key is one event; and of what was refused there is nothing.
 *
 * @param marker properties of the data that only these requests have: their events must be all that match
 * @param expected `refused`: how many requests may have been refused; any number without it
 */
export async function expectExactly(
  workspace: TestWorkspace,
  answers: Answer[],
  marker: Record<string, unknown> = {},
  expected: { refused?: number } = {},
): Promise<void> {
  const rows = await database().sql<
    {
      id: string;
      type: string;
      key: string | null;
      data: unknown;
      n: number;
      deliveries: number;
      queued: number;
    }[]
  >`
    select id, type, idempotency_key as key, body::json->'data' as data, e.deliveries as n,
      coalesce(d.count, 0) as deliveries, coalesce(q.count, 0) as queued
    from events e
      left join (select event_id, count(*)::int from delivery_log where listed group by 1) d on d.event_id = e.id
      left join (select event_id, count(*)::int from delivery_queue group by 1) q on q.event_id = e.id
    where workspace_id = ${workspace.ctx.workspace.id}`;
  const stored = new Map(rows.map((row) => [toPublicId("event", row.id), row] as const));
  const answered = new Set<string>();
  const idOfKey = new Map<string, string>();

  for (const { sent, published = [] } of answers) {
    for (const [place, event] of published.entries()) {
      const row = stored.get(event.id);
      expect(row).toMatchObject({ type: sent[place]?.type, data: sent[place]?.data });
      expect(row).toMatchObject({
        n: event.deliveries,
        deliveries: event.deliveries,
        queued: event.deliveries,
      });
      expect(event.deliveries).toBe(event.type === "order.paid" ? 2 : 1);
      const key = sent[place]?.idempotencyKey;
      expect(row?.key ?? undefined).toBe(key);
      if (key === undefined) expect(answered).not.toContain(event.id);
      else expect(idOfKey.get(key) ?? event.id).toBe(event.id);
      if (key !== undefined) idOfKey.set(key, event.id);
      answered.add(event.id);
    }
  }
  const refused = answers.filter(({ published }) => !published);
  if (expected.refused !== undefined) expect(refused).toHaveLength(expected.refused);
  for (const { sent, error } of refused) {
    if (error instanceof AppError && error.code === "conflict") expectConflict(sent, error);
    const traces = sent.filter(
      (event) =>
        !event.idempotencyKey && rows.some((row) => JSON.stringify(row.data) === JSON.stringify(event.data)),
    );
    // A connection that was lost at the commit: all or none.
    expect([0, isUnknown(error) ? sent.length : 0]).toContain(traces.length);
  }
  const own = rows.filter(({ data }) => Object.keys(marker).length > 0 && contains(data, marker));
  expect(own.filter((row) => !answered.has(toPublicId("event", row.id)))).toEqual([]);

  /** Another body came with the key before, in another request or in this one. */
  function expectConflict(sent: Sent[], error: AppError): void {
    const place = Number(error.extra.errors?.[0]?.path.split(".")[1]);
    const event = sent[place];
    const others = [
      ...rows.filter((row) => row.key === event?.idempotencyKey).map((row) => row.data),
      ...sent
        .slice(0, place)
        .filter((one) => one.idempotencyKey === event?.idempotencyKey)
        .map((one) => one.data),
    ];
    expect(
      others.map((data) => JSON.stringify(data)).some((data) => data !== JSON.stringify(event?.data)),
    ).toBe(true);
  }
}

const isUnknown = (error: unknown) => error instanceof AppError && error.message.includes("is not known");

function contains(data: unknown, marker: Record<string, unknown>): boolean {
  if (typeof data !== "object" || data === null) return false;
  const entries = new Map(Object.entries(data));
  return Object.entries(marker).every(([key, value]) => entries.get(key) === value);
}

import { setTimeout as sleep } from "node:timers/promises";
import { database } from "@/db/connection/database";
import { deleteTestWorkspace } from "@/db/queries/delete-test-workspace";
import {
  countQueued,
  countSelfTestReceipts,
  deleteQueued,
  deleteSelfTestReceipts,
  endConnections,
  endSelfTest,
  findSelfTestReceipts,
  isSending,
  measureTables,
  noteSelfTest,
  type SelfTestRow,
  takeSelfTest,
} from "@/db/queries/self-tests";
import { idAt, newId } from "../core/ids";
import { type SelfTestPhase, type SelfTestResult, selfTestSilentSeconds } from "../core/self-test";
import { timeOfId } from "../core/time-of-id.mjs";
import { killDelivering } from "../delivery/worker/deliver-due";
import { publishEvents } from "../events/publish-events";
import { log } from "../platform/log";
import { type Context, systemActor } from "../verbs/context";
import { readFreeBytes } from "./free-bytes";
import { makeTestWorkspace, typeOfAll, typeOfOne, webhooks } from "./test-workspace";

const holder = globalThis as { posthornSelfTestRun?: SelfTestRun };

type Plan = {
  /** Events to each of the webhooks, so many a request, until there are so many deliveries or time is over. */
  burst: { deliveries: number; eventsPerRequest: number; requestsAtOnce: number; msMax: number };
  /** Events one a request, from then on. */
  eventsPerSecond: number;
  steadyMs: number;
  /** To the thread that delivers, and to all connections, while events go on at that rate. */
  blows: { count: number; eachMs: number };
};

const usualPlan: Plan = {
  burst: { deliveries: 10_000, eventsPerRequest: 100, requestsAtOnce: 4, msMax: 15_000 },
  eventsPerSecond: 100,
  steadyMs: 8_000,
  blows: { count: 3, eachMs: 2_500 },
};

/** A publish that fails is tried again, with the same key, for that long. */
const publishMsMax = 20_000;
const settleMsMax = 120_000;
/** A receiver of a test answers at once; a dead process's leases are not waited for. */
const sendingMsMax = 3_000;
/** What came is noted within that time. */
const notedWithinMs = 200;
const beatMs = 1_000;

/**
 * Runs the self-test that waits, unless another process does; also one whose process ended is brought to its end.
 *
 * @returns whether there was one
 */
export async function runSelfTest(plan = usualPlan): Promise<boolean> {
  if (holder.posthornSelfTestRun) return true;
  const row = await takeSelfTest(database().db, selfTestSilentSeconds);
  if (!row) return false;
  if (row.status !== "queued") {
    await clear(row);
    await endSelfTest(database().db, {
      id: row.id,
      status: "failed",
      reason: "The process that ran it stopped.",
    });
    return true;
  }
  const run = new SelfTestRun(row, plan);
  holder.posthornSelfTestRun = run;
  await run.work().finally(() => delete holder.posthornSelfTestRun);
  return true;
}

/** Ends the self-test of this process, which is stopping. Resolves when what it wrote is cleared away. */
export async function stopSelfTest(): Promise<void> {
  await holder.posthornSelfTestRun?.stop("Posthorn was stopped.");
}

async function clear({ testWorkspaceId: workspaceId }: SelfTestRow): Promise<void> {
  const { db } = database();
  await deleteQueued(db, workspaceId);
  // What is being sent is recorded, and so are its receipts.
  const until = performance.now() + sendingMsMax;
  while (performance.now() < until && (await isSending(db, workspaceId))) await sleep(50);
  await sleep(notedWithinMs);
  await deleteTestWorkspace(database().sql, workspaceId);
  await deleteSelfTestReceipts(database().db);
}

/** What ended a test early, as a message. */
class EndedEarly extends Error {}

class SelfTestRun {
  private phase: SelfTestPhase = "burst";
  private accepted = 0;
  private readonly publishMs: number[] = [];
  /** What is under way. */
  private readonly publishing = new Set<Promise<void>>();
  private ending: EndedEarly | null = null;
  private readonly ended: Promise<void>;
  private settleEnded = () => {};

  constructor(
    private readonly row: SelfTestRow,
    private readonly plan: Plan,
  ) {
    this.ended = new Promise((resolve) => {
      this.settleEnded = resolve;
    });
  }

  stop(reason: string): Promise<void> {
    this.ending ??= new EndedEarly(reason);
    return this.ended;
  }

  async work(): Promise<void> {
    const { id } = this.row;
    log().info(
      { selfTest: id },
      "a self-test begins: it will end the delivery thread and connections to the database",
    );
    const beating = setInterval(() => void this.beat(), beatMs);
    try {
      const result = await this.test();
      await this.clear();
      await endSelfTest(database().db, { id, status: "finished", result });
      log().info({ selfTest: id, ...result }, "the self-test has finished");
    } catch (error) {
      if (!(error instanceof EndedEarly)) log().error({ error, selfTest: id }, "the self-test failed");
      await this.clear();
      const isCanceled = error instanceof EndedEarly && error.message === canceled;
      await endSelfTest(database().db, {
        id,
        status: isCanceled ? "canceled" : "failed",
        reason: error instanceof EndedEarly ? error.message : "Something went wrong. See the log.",
      });
    } finally {
      clearInterval(beating);
      this.settleEnded();
    }
  }

  private async clear(): Promise<void> {
    this.phase = "clearing";
    await Promise.allSettled(this.publishing);
    await again(() => clear(this.row));
  }

  private async beat(): Promise<void> {
    const { phase, accepted } = this;
    try {
      const goesOn = await noteSelfTest(database().db, { id: this.row.id, phase, accepted });
      if (!goesOn) this.ending ??= new EndedEarly(canceled);
    } catch {
      // Among what is tested are connections that end.
    }
  }

  private async test(): Promise<SelfTestResult> {
    const { db } = database();
    const { id, testWorkspaceId: workspaceId } = this.row;
    await makeTestWorkspace(db, { selfTestId: id, workspaceId });
    const capacity = await this.measureBurst();
    await this.enter("steady");
    const from = new Date();
    await this.publishFor(this.plan.steadyMs);
    const to = new Date();
    const kills = await this.under("kills", async () => ((await killDelivering()) ? 1 : 0));
    const connectionsEnded = await this.under("reconnects", () => again(() => endConnections(db)));
    await this.enter("settling");
    await this.untilDelivered();
    const { received, twice } = await this.countReceipts();
    return {
      accepted: this.accepted,
      lost: this.accepted - received,
      twice,
      publishP99Ms: percentile99(this.publishMs),
      receiptP99Ms: await this.measureReceipts(from, to),
      ...capacity,
      kills,
      connectionsEnded,
      freeBytes: await readFreeBytes(),
    };
  }

  private async enter(phase: SelfTestPhase): Promise<void> {
    this.phase = phase;
    await this.beat();
    this.endIfAsked();
  }

  private endIfAsked(): void {
    if (this.ending) throw this.ending;
  }

  private async measureBurst() {
    const { db } = database();
    const { burst } = this.plan;
    const bytesBefore = await measureTables(db);
    const startedAt = performance.now();
    const events = Array.from({ length: burst.eventsPerRequest }, () => typeOfAll);
    await Promise.all(
      Array.from({ length: burst.requestsAtOnce }, async () => {
        while (this.accepted < burst.deliveries && performance.now() - startedAt < burst.msMax) {
          await this.publish(events);
        }
      }),
    );
    const deliveries = this.accepted;
    await this.untilDelivered();
    const seconds = (performance.now() - startedAt) / 1_000;
    const bytes = (await measureTables(db)) - bytesBefore;
    return {
      deliveriesPerSecond: deliveries / seconds,
      bytesPerDelivery: Math.max(0, Math.round(bytes / deliveries)),
    };
  }

  /** Publishes events one a request, at the rate; of the steady phase, how long each takes is kept. */
  private async publishFor(ms: number): Promise<void> {
    const { eventsPerSecond } = this.plan;
    const startedAt = performance.now();
    const count = Math.round((ms / 1_000) * eventsPerSecond);
    const published: Promise<void>[] = [];
    for (let sent = 0; sent < count; sent += 1) {
      const dueMs = startedAt + (sent * 1_000) / eventsPerSecond - performance.now();
      if (dueMs > 0) await sleep(dueMs);
      this.endIfAsked();
      const before = performance.now();
      const isSteady = this.phase === "steady";
      published.push(
        this.publish([typeOfOne(sent % webhooks)]).then(() => {
          if (isSteady) this.publishMs.push(performance.now() - before);
        }),
      );
    }
    await Promise.all(published);
  }

  /** Publishes while something is done to Posthorn. @returns the sum of what that gave */
  private async under(phase: SelfTestPhase, strike: () => Promise<number>): Promise<number> {
    await this.enter(phase);
    const { blows } = this.plan;
    let sum = 0;
    const strikes = async () => {
      for (let blow = 0; blow < blows.count; blow += 1) {
        await sleep(blows.eachMs / 2);
        sum += await strike();
        await sleep(blows.eachMs / 2);
      }
    };
    await Promise.all([strikes(), this.publishFor(blows.count * blows.eachMs)]);
    return sum;
  }

  /** Publishes events until they are accepted. Their keys keep what is tried again from being taken twice. */
  private publish(types: string[]): Promise<void> {
    const publishing = this.publishUntilAccepted(types).finally(() => this.publishing.delete(publishing));
    this.publishing.add(publishing);
    return publishing;
  }

  private async publishUntilAccepted(types: string[]): Promise<void> {
    const input = types.map((type) => ({
      type,
      data: { selfTest: true, text: "x".repeat(200) },
      idempotencyKey: newId(),
      deliver: true,
    }));
    const published = await again(
      () => publishEvents({ ctx: this.ctx(), path: "events.", input }),
      publishMsMax,
    );
    for (const { deliveries } of published) this.accepted += deliveries;
  }

  private ctx(): Context {
    const { testWorkspaceId: workspaceId } = this.row;
    return {
      workspace: { id: workspaceId, slug: "self-test", name: "Self-test" },
      actor: systemActor,
      db: database().db,
    };
  }

  private async untilDelivered(): Promise<void> {
    const until = performance.now() + settleMsMax;
    while ((await again(() => countQueued(database().db, this.row.testWorkspaceId))) > 0) {
      this.endIfAsked();
      if (performance.now() > until) return;
      await sleep(20);
    }
  }

  /** What came, once the last has been noted. */
  private async countReceipts() {
    const until = performance.now() + 5_000;
    for (;;) {
      const counts = await again(() => countSelfTestReceipts(database().db, this.row.id));
      if (counts.received >= this.accepted || performance.now() > until) return counts;
      await sleep(100);
    }
  }

  private async measureReceipts(from: Date, to: Date): Promise<number> {
    const params = { selfTestId: this.row.id, fromId: idAt(from), belowId: idAt(to) };
    const receipts = await again(() => findSelfTestReceipts(database().db, params));
    return percentile99(
      receipts.map(({ deliveryId, receivedAt }) => receivedAt.getTime() - timeOfId(deliveryId).getTime()),
    );
  }
}

const canceled = "It was canceled.";

/** Tries again what fails, as when its connection is ended by the test itself. */
async function again<T>(work: () => Promise<T>, msMax = 10_000): Promise<T> {
  const until = performance.now() + msMax;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (performance.now() > until) throw error;
      await sleep(100);
    }
  }
}

function percentile99(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return Math.round(sorted[Math.max(0, Math.ceil(sorted.length * 0.99) - 1)] ?? 0);
}

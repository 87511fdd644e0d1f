import type pino from "pino";
import { describeDatabaseError } from "./describe-database-error";

/** The message for a database outage. */
export type DatabaseFailure = { summary: string; detail: string };

type Outage = { startedAt: number; lastAt: number; failures: number; saidAt: number };
const holder = globalThis as {
  posthornOutage?: Outage;
  posthornForwardFailure?: (failure: DatabaseFailure) => void;
  posthornAskDatabase?: () => Promise<unknown>;
};

const lookEveryMs = 1_000;
const sayEveryMs = 60_000;
/** After this time without a failure, and with an answer, the database counts as back. */
const calmMs = 5_000;

/** What a log line says about the database's problem, rather than one statement's; `null` for any other line. */
export function databaseFailureIn(line: unknown): DatabaseFailure | null {
  if (typeof line !== "object" || line === null) return null;
  const error = "error" in line ? line.error : "err" in line ? line.err : null;
  const trouble = error === null ? null : describeDatabaseError(error);
  if (!trouble || trouble.isOfStatement) return null;
  return holder.posthornOutage || isFromDriver(error)
    ? { summary: trouble.summary, detail: trouble.detail }
    : null;
}

/** Other servers that are down, such as Inngest, fail with the same codes; only the driver adds its statement. */
function isFromDriver(error: unknown): boolean {
  if (typeof error !== "object" || error === null) return false;
  if ("query" in error || ("code" in error && /^CONNECT(ION)?_/.test(String(error.code)))) return true;
  // A copy of it from a function's answer has only its message.
  if ("message" in error && String(error.message).startsWith("Failed query: ")) return true;
  return "cause" in error && isFromDriver(error.cause);
}

/** Registers how to check whether the database works: by a statement that fails if it does not. */
export function askDatabaseBy(ask: () => Promise<unknown>): void {
  holder.posthornAskDatabase = ask;
}

/** Lets another thread's process log what this one reports. */
export function forwardDatabaseFailures(forward: (failure: DatabaseFailure) => void): void {
  holder.posthornForwardFailure = forward;
}

/**
 * Records that something failed because of the database. It is logged the first time, then counted once a minute, and
 * logged again when the database is back. Every request fails meanwhile, and thousands of lines would say no more.
 */
export function noteDatabaseFailure(failure: DatabaseFailure, log: pino.Logger): void {
  if (holder.posthornForwardFailure) {
    holder.posthornForwardFailure(failure);
    return;
  }
  const now = performance.now();
  const outage = holder.posthornOutage;
  if (outage) {
    outage.failures += 1;
    outage.lastAt = now;
    return;
  }
  holder.posthornOutage = { startedAt: now, lastAt: now, failures: 1, saidAt: now };
  log.error(`${failure.summary} (${failure.detail}); further failures are only counted until it works again`);
  setTimeout(() => void watch(holder.posthornOutage, log), lookEveryMs).unref();
}

async function watch(outage: Outage | undefined, log: pino.Logger): Promise<void> {
  if (!outage || outage !== holder.posthornOutage) return;
  const { failures } = outage;
  const isBack = performance.now() - outage.lastAt >= calmMs && (await answers());
  const now = performance.now();
  const seconds = Math.round((now - outage.startedAt) / 1_000);
  if (isBack) {
    delete holder.posthornOutage;
    log.info({ failures, seconds }, "the database works again");
    return;
  }
  if (now - outage.saidAt >= sayEveryMs) {
    outage.saidAt = now;
    log.error({ failures, seconds }, "the database still fails");
  }
  setTimeout(() => void watch(outage, log), lookEveryMs).unref();
}

const answers = (): Promise<boolean> =>
  Promise.resolve(holder.posthornAskDatabase?.()).then(
    () => holder.posthornAskDatabase !== undefined,
    () => false,
  );

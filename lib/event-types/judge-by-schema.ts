import { Worker } from "node:worker_threads";
import { AppError, type FieldError } from "../core/errors";
import { answerQuestion, dataMsMax, schemaMsMax } from "./run-schema-job";
import type { DataCheck, SchemaJob, SchemaQuestion, SchemaThreadKind, SchemaVerdict } from "./schema-job";
import { PoolIsFull, ThreadPool } from "./thread-pool";
import { TimedOut } from "./timed-out";

type Pool = ThreadPool<SchemaQuestion, SchemaVerdict>;
const holder = globalThis as { posthornSchemaPools?: Record<SchemaThreadKind, Pool> };

/** Threads of each kind: one for the workspace that takes long, one for all others. */
const threadsMax = 2;
/** A thread limits the time of its jobs itself; this ends one that hangs. */
const answerMsMax = 5_000;
const waitingSizeMax = 32 * 1024 * 1024;

/**
 * Data that was not validated quickly goes to the patient threads at once. Data that they cannot validate is refused
 * at once.
 */
const timedOut: Record<SchemaThreadKind, TimedOut> = { quick: new TimedOut(), patient: new TimedOut() };

/**
 * Starts the threads that validate by schemas in this process, so that other requests do not wait. Slow data goes to
 * threads with a lower priority than everything else on the machine.
 */
export function startSchemaThreads(): void {
  holder.posthornSchemaPools ??= { quick: openPool(), patient: openPool() };
}

function openPool(): Pool {
  return new ThreadPool({
    open: () =>
      new Worker(new URL("./schema-thread.ts", import.meta.url), {
        resourceLimits: { maxOldGenerationSizeMb: 256 },
      }),
    threadsMax,
    answerMsMax,
    waitingSizeMax,
  });
}

/**
 * The errors of data by its types' schemas: the first error of each, with its path in the request. A schema that
 * recently ran out of time on half as much data is not tried again.
 *
 * @param lane whose data it is: lanes do not wait for each other
 * @throws AppError `unavailable` if too much waits
 */
export async function judgeData(lane: string, checks: DataCheck[]): Promise<FieldError[]> {
  const quick = await judgeWithin("quick", lane, checks);
  if ("errors" in quick) return quick.errors;
  const patient = await judgeWithin("patient", lane, checks);
  if ("errors" in patient) return patient.errors;
  const message = `could not be validated against the schema of its type within ${dataMsMax} ms; send less data, or make the schema simpler`;
  return [{ path: patient.timedOut.path, message }];
}

/** The errors, or the check for which the threads of a kind ran out of time, now or recently. */
async function judgeWithin(
  kind: SchemaThreadKind,
  lane: string,
  checks: DataCheck[],
): Promise<{ errors: FieldError[] } | { timedOut: DataCheck }> {
  const size = checks.reduce((sum, { data }) => sum + data.length, 0);
  const known = () => checks.find(({ schema, data }) => timedOut[kind].has(schema, data.length));
  const verdict = await run(kind, lane, size, () => (known() ? null : { data: checks }));
  if (verdict && "errors" in verdict) return verdict;
  // A thread that was ended does not say which check it was in; the first one is assumed.
  const check = verdict ? checks[verdict.timedOutAt] : (known() ?? checks[0]);
  if (!check) throw new Error("a schema thread ran out of time at none of its checks");
  timedOut[kind].note(check.schema, check.data.length);
  return { timedOut: check };
}

/**
 * The error in a schema to be saved, as JSON text; its path begins with `schema`.
 *
 * @throws AppError `unavailable` if too much waits
 */
export async function judgeSchema(lane: string, schema: string): Promise<FieldError[]> {
  const verdict = await run("patient", lane, schema.length, () => ({ schema }));
  if (verdict && "errors" in verdict) return verdict.errors;
  return [
    { path: "schema", message: `must be simpler: it takes more than ${schemaMsMax / 1_000} s to compile` },
  ];
}

/** On a schema thread if they were started; otherwise in this thread, as in a script or a test. */
async function run(
  kind: SchemaThreadKind,
  lane: string,
  size: number,
  ask: () => SchemaJob | null,
): Promise<SchemaVerdict | null> {
  const question = () => {
    const job = ask();
    return job && { kind, job };
  };
  const pool = holder.posthornSchemaPools?.[kind];
  if (!pool) {
    const asked = question();
    return asked && answerQuestion(asked);
  }
  try {
    return await pool.ask({ lane, size, ask: question });
  } catch (error) {
    if (!(error instanceof PoolIsFull)) throw error;
    throw new AppError(
      "unavailable",
      "Too much data is waiting to be validated against schemas; nothing was written.",
      {
        retryAfterSeconds: 1,
      },
    );
  }
}

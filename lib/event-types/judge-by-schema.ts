import { Worker } from "node:worker_threads";
import { AppError, type FieldError } from "../errors";
import { dataMsMax, runSchemaJob, schemaMsMax } from "./run-schema-job";
import type { DataCheck, SchemaJob, SchemaVerdict } from "./schema-job";
import { PoolIsFull, ThreadPool } from "./thread-pool";
import { TimedOut } from "./timed-out";

type Pool = ThreadPool<SchemaJob, SchemaVerdict>;
const holder = globalThis as { posthornSchemaPool?: Pool };

/** One for who takes long, one for everybody else. */
const threadsMax = 2;
/** A thread keeps to the times of its jobs; this ends one that is lost. */
const answerMsMax = 5_000;
const waitingSizeMax = 32 * 1024 * 1024;

const timedOut = new TimedOut();

/** Judging by schemas gets threads of its own in this process: it may take long, and nobody else waits for it. */
export function startSchemaThreads(): void {
  holder.posthornSchemaPool ??= new ThreadPool({
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
 * What is wrong with data by its types' schemas: the first error of each, with its path in the request. Schemas on
 * which half as much data has just run out of time are not tried again.
 *
 * @param lane whose data it is: lanes do not wait for each other
 * @throws AppError `unavailable` where too much waits
 */
export async function judgeData(lane: string, checks: DataCheck[]): Promise<FieldError[]> {
  const known = () => checks.findIndex(({ schema, data }) => timedOut.has(schema, data.length));
  const size = checks.reduce((sum, { data }) => sum + data.length, 0);
  const verdict = await run(lane, size, () => (known() < 0 ? { data: checks } : null));
  if (verdict && "errors" in verdict) return verdict.errors;
  const at = verdict?.timedOutAt ?? Math.max(0, known());
  const check = checks[at];
  if (!check) return [];
  timedOut.note(check.schema, check.data.length);
  const message = `could not be checked by its type's schema within ${dataMsMax} ms; send less, or make the schema simpler`;
  return [{ path: check.path, message }];
}

/**
 * What is wrong with a schema that is to be saved, as JSON text; the path begins with `schema`.
 *
 * @throws AppError `unavailable` where too much waits
 */
export async function judgeSchema(lane: string, schema: string): Promise<FieldError[]> {
  const verdict = await run(lane, schema.length, () => ({ schema }));
  if (verdict && "errors" in verdict) return verdict.errors;
  return [{ path: "schema", message: `must be simpler: it takes over ${schemaMsMax / 1_000} s to read` }];
}

/** On a thread where they were started; else here, as in a script or a test. */
async function run(lane: string, size: number, ask: () => SchemaJob | null): Promise<SchemaVerdict | null> {
  const pool = holder.posthornSchemaPool;
  if (!pool) {
    const job = ask();
    return job && runSchemaJob(job);
  }
  try {
    return await pool.ask({ lane, size, ask });
  } catch (error) {
    if (!(error instanceof PoolIsFull)) throw error;
    throw new AppError(
      "unavailable",
      "More data waits to be checked by schemas than can be; nothing was written.",
      {
        retryAfterSeconds: 1,
      },
    );
  }
}

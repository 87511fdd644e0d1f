import type { DatabaseFailure } from "../../platform/database-outage";
import type { Signal } from "../../platform/signals";
import type { drainDue } from "./drain";

export type Drained = Awaited<ReturnType<typeof drainDue>>;

/** What the process asks of the thread that delivers. */
export type ToThread = { ask: "drain" } | { ask: "wake" } | { ask: "stop"; withinMs: number };

/** What the thread tells the process. */
export type FromThread =
  | { tell: "drained"; result: Drained }
  /** Of an error, another thread is told the words alone: its code goes beside. */
  | { tell: "drainFailed"; error: unknown; code: string | null }
  | { tell: "signal"; signal: Signal }
  | { tell: "databaseFailed"; failure: DatabaseFailure }
  | { tell: "stopped" };

import type { MessagePort } from "node:worker_threads";
import type { DatabaseFailure } from "../../platform/database-outage";
import type { Signal } from "../../platform/signals";
import type { drainDue } from "./drain";

export type Drained = Awaited<ReturnType<typeof drainDue>>;

/** What the process asks of the thread that delivers. */
export type ToThread =
  | { ask: "drain" }
  | { ask: "wake" }
  /** Where another thread says that deliveries are due. */
  | { ask: "hearWakes"; wakes: MessagePort }
  | { ask: "stop"; withinMs: number };

/** Messages from the thread to the process. */
export type FromThread =
  | { tell: "drained"; result: Drained }
  /** Of an error, only the message reaches another thread, so its code is sent separately. */
  | { tell: "drainFailed"; error: unknown; code: string | null }
  | { tell: "signal"; signal: Signal }
  | { tell: "signalOthers" }
  | { tell: "databaseFailed"; failure: DatabaseFailure }
  | { tell: "stopped" };

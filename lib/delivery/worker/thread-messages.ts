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
  /** The port of the process's receivers of self-tests; `null` if they can't be opened. */
  | { ask: "sendSelfTestsTo"; port: number | null }
  | { ask: "stop"; withinMs: number };

/** Messages from the thread to the process. */
export type FromThread =
  | { tell: "drained"; result: Drained }
  /** Of an error, only the message reaches another thread, so its code is sent separately. */
  | { tell: "drainFailed"; error: unknown; code: string | null }
  | { tell: "signal"; signal: Signal }
  | { tell: "signalOthers" }
  /** It has a request for a receiver of a self-test. */
  | { tell: "needsReceivers" }
  | { tell: "databaseFailed"; failure: DatabaseFailure }
  | { tell: "stopped" };

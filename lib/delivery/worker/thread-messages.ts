import type { MessagePort } from "node:worker_threads";
import type { DatabaseFailure } from "../../platform/database-outage";
import type { Signal } from "../../platform/signals";
import type { drainDue } from "./drain";

export type Drained = Awaited<ReturnType<typeof drainDue>>;

/** Messages of the process to the delivering thread. */
export type ToThread =
  | { ask: "drain" }
  | { ask: "wake" }
  /** The port on which another thread signals due deliveries. */
  | { ask: "hearWakes"; wakes: MessagePort }
  /** The port of the process's receivers of self-tests; `null` if they cannot be opened. */
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

import type { MessagePort } from "node:worker_threads";
import type { InnerServer } from "../../http/inner-server.mjs";
import type { DatabaseFailure } from "../../platform/database-outage";
import type { EngineState } from "../../platform/signals";

/** Messages of the process to the front. */
export type ToFront =
  | { ask: "listen"; port: number; hostname: string; inner: InnerServer; dev: boolean }
  /** The process has started: waiting requests are answered. */
  | { ask: "open" }
  /** The port for signals that deliveries are due. */
  | { ask: "wakeBy"; wakes: MessagePort }
  | { ask: "noteEngine"; engine: Readonly<EngineState> }
  | { ask: "forgetApiKeys" }
  /**
   * From now on answers close their connections. The front says whether a request came within the last so many
   * milliseconds.
   */
  | { ask: "beginStopping"; recentMs: number }
  | { ask: "close"; withinMs: number };

/** Messages of the front to the process. */
export type FromFront =
  | { tell: "cannotListen"; message: string }
  /** Deliveries are due, and no delivery thread was there to be woken. */
  | { tell: "signal" }
  | { tell: "databaseFailed"; failure: DatabaseFailure }
  | { tell: "stopping"; wasAsked: boolean }
  | { tell: "closed" };

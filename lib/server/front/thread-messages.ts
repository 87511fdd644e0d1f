import type { MessagePort } from "node:worker_threads";
import type { InnerServer } from "../../http/inner-server.mjs";
import type { DatabaseFailure } from "../../platform/database-outage";
import type { EngineState } from "../../platform/signals";

/** What the process tells the front, or asks of it. */
export type ToFront =
  | { ask: "listen"; port: number; hostname: string; inner: InnerServer; dev: boolean }
  /** The process has started: what waits is answered. */
  | { ask: "open" }
  /** Where to say that deliveries are due. */
  | { ask: "wakeBy"; wakes: MessagePort }
  | { ask: "noteEngine"; engine: Readonly<EngineState> }
  | { ask: "forgetApiKeys" }
  /** From now on it asks for connections to be closed. It tells whether it was asked within the last so many milliseconds. */
  | { ask: "beginStopping"; recentMs: number }
  | { ask: "close"; withinMs: number };

/** What the front tells the process. */
export type FromFront =
  | { tell: "cannotListen"; message: string }
  /** Deliveries are due, and nothing was there to be woken. */
  | { tell: "signal" }
  | { tell: "databaseFailed"; failure: DatabaseFailure }
  | { tell: "stopping"; wasAsked: boolean }
  | { tell: "closed" };

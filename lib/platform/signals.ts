import { log } from "./log";

/**
 * What carries a signal to the functions. The tables are the truth: a signal only says when to look, may be
 * lost, and is then made good by the sweep.
 */
export type Transport = {
  /** Something is due now. */
  due(): Promise<void>;
  /** Something falls due within this second (Unix time). */
  dueAt(epochSecond: number): Promise<void>;
  /** A job that replays or discards may go on. */
  replays(): Promise<void>;
  /** Emails are to be written or sent. The thread that delivers leaves that to whoever had it deliver. */
  emails?(): Promise<void>;
};

export type EngineState = { kind: "embedded" | "inngest" | null; started: boolean; lastSweepAt: Date | null };

/** At most one signal in this time leaves the process, besides the leading one. */
const signalIntervalMs = 100;
/** What is due later than this is found by the sweep in time. */
const timedSignalHorizonMs = 60_000;

type State = {
  transport: Transport | null;
  pokeLocalDrain: (() => void) | null;
  interval: NodeJS.Timeout | null;
  signalledWithinInterval: boolean;
  timedSeconds: Set<number>;
  failing: boolean;
  engine: EngineState;
};

const holder = globalThis as { posthornSignals?: State };

function state(): State {
  holder.posthornSignals ??= {
    transport: null,
    pokeLocalDrain: null,
    interval: null,
    signalledWithinInterval: false,
    timedSeconds: new Set(),
    failing: false,
    engine: { kind: null, started: false, lastSweepAt: null },
  };
  return holder.posthornSignals;
}

/**
 * Says that deliveries are due. Returns at once and never throws: the first signal leaves immediately, those
 * that follow within 100 ms as one. While a drain runs in this process, it is poked and nothing is sent.
 */
export function signalDue(): void {
  const current = state();
  if (current.pokeLocalDrain) {
    current.pokeLocalDrain();
    return;
  }
  const { transport } = current;
  if (!transport) return;
  if (current.interval) {
    current.signalledWithinInterval = true;
    return;
  }
  current.interval = setTimeout(endInterval, signalIntervalMs);
  current.interval.unref();
  void send(() => transport.due());
}

function endInterval(): void {
  const current = state();
  const again = current.signalledWithinInterval;
  current.interval = null;
  current.signalledWithinInterval = false;
  if (again) signalDue();
}

/**
 * Says that a delivery falls due at a time: one signal per second, for the next minute only. It starts a drain
 * at the beginning of that second, and the drain lingers until the delivery is due.
 */
export function signalDueAt(date: Date): void {
  const now = Date.now();
  const second = Math.floor(date.getTime() / 1000);
  if (second * 1000 <= now) {
    signalDue();
    return;
  }
  if (date.getTime() > now + timedSignalHorizonMs) return;
  const { transport, timedSeconds } = state();
  if (!transport || timedSeconds.has(second)) return;
  for (const sent of timedSeconds) if (sent * 1000 <= now) timedSeconds.delete(sent);
  timedSeconds.add(second);
  void send(() => transport.dueAt(second)).then((sent) => {
    if (!sent) timedSeconds.delete(second);
  });
}

/** Says that a job that replays or discards may go on. Returns at once and never throws. */
export function signalReplays(): void {
  const { transport } = state();
  if (transport) void send(() => transport.replays());
}

/** Says that emails are to be written or sent. Returns at once and never throws. */
export function signalEmails(): void {
  const emails = state().transport?.emails;
  if (emails) void send(emails);
}

async function send(signal: () => Promise<void>): Promise<boolean> {
  const current = state();
  try {
    await signal();
    if (current.failing) log().info("signals reach the functions again");
    current.failing = false;
    return true;
  } catch (error) {
    if (!current.failing)
      log().error({ error }, "a signal was lost; the sweep finds its work within a minute");
    current.failing = true;
    return false;
  }
}

/** Registers what carries signals; `null` when the engine stops. */
export function registerTransport(transport: Transport | null): void {
  const current = state();
  current.transport = transport;
  current.timedSeconds.clear();
}

/** Called by a drain when it starts (with what makes it look at once) and, with `null`, when it ends. */
export function setLocalDrain(poke: (() => void) | null): void {
  state().pokeLocalDrain = poke;
}

/** Whether a drain runs in this process. */
export function drainRunsHere(): boolean {
  return state().pokeLocalDrain !== null;
}

/** What drives the functions of this process, for the health route. */
export function engineState(): Readonly<EngineState> {
  return state().engine;
}

/** Called by what starts and stops the engine, and by the sweep. */
export function reportEngine(change: Partial<EngineState>): void {
  Object.assign(state().engine, change);
}

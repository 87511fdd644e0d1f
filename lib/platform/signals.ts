import { log } from "./log";

/** Deliveries are due, or will be at the signal's `ts`. */
export const deliveriesDue = "posthorn/deliveries.due";
/** A job that replays or discards may continue. */
export const replaysDue = "posthorn/replays.due";
/** Emails are to be written or sent. */
export const emailsDue = "posthorn/emails.due";
/** A self-test is to be run. */
export const selfTestDue = "posthorn/self-test.due";

/**
 * An Inngest event that says when to look. It carries no data: the tables are authoritative, and the sweep makes up
 * for a lost signal.
 */
export type Signal = {
  name: typeof deliveriesDue | typeof replaysDue | typeof emailsDue | typeof selfTestDue;
  /** Signals with the same id are sent once. */
  id?: string;
  /** When its function should start, in milliseconds since 1970. */
  ts?: number;
};

/** Carries a signal to the functions. */
export type Transport = (signal: Signal) => Promise<unknown>;

export type EngineState = { kind: "embedded" | "inngest" | null; started: boolean; lastSweepAt: Date | null };

/** The first of several signals is sent at once, and those that follow within this time as one. */
const signalIntervalMs = 100;
/** The same for calls to other processes: a called process keeps looking for two seconds after nothing is left. */
const othersIntervalMs = 1_000;
/** The sweep finds later due times soon enough. */
const timedSignalHorizonMs = 60_000;

type State = {
  transport: Transport | null;
  /** Carries signals to other processes. */
  toOthers: Transport | null;
  wakeLocalDrain: (() => void) | null;
  sendDue: () => void;
  sendDueToOthers: () => void;
  timedSeconds: Set<number>;
  failing: boolean;
  engine: EngineState;
};

const holder = globalThis as {
  posthornSignals?: State;
  posthornHearEngine?: (engine: Readonly<EngineState>) => void;
};

function state(): State {
  holder.posthornSignals ??= {
    transport: null,
    toOthers: null,
    wakeLocalDrain: null,
    sendDue: coalesce(
      () => {
        const { transport } = state();
        if (transport) void send(transport, { name: deliveriesDue });
      },
      signalDue,
      signalIntervalMs,
    ),
    sendDueToOthers: coalesce(
      () => {
        const { toOthers } = state();
        if (toOthers) void send(toOthers, { name: deliveriesDue });
      },
      signalOthers,
      othersIntervalMs,
    ),
    timedSeconds: new Set(),
    failing: false,
    engine: { kind: null, started: false, lastSweepAt: null },
  };
  return holder.posthornSignals;
}

/**
 * Signals that deliveries are due. Returns at once and never throws. The first signal is sent immediately, those that
 * follow within 100 ms as one. While a drain runs in this process, it is woken instead.
 */
export function signalDue(): void {
  const current = state();
  if (current.wakeLocalDrain) {
    current.wakeLocalDrain();
    return;
  }
  if (current.transport) current.sendDue();
}

/**
 * Signals to other processes that more is due than this one can take. Returns at once and never throws. The first
 * call is sent immediately, those that follow within a second as one; nothing is sent if no transport is registered.
 */
export function signalOthers(): void {
  const current = state();
  if (current.toOthers) current.sendDueToOthers();
}

/** The same function, called at once and then at most once per interval: by `again`, if it was called meanwhile. */
export function coalesce(call: () => void, again: () => void, intervalMs: number): () => void {
  let interval: NodeJS.Timeout | null = null;
  let isAskedAgain = false;
  return () => {
    if (interval) {
      isAskedAgain = true;
      return;
    }
    interval = setTimeout(() => {
      const ask = isAskedAgain;
      interval = null;
      isAskedAgain = false;
      if (ask) again();
    }, intervalMs);
    interval.unref();
    call();
  };
}

/**
 * Signals that a delivery falls due at a time: one signal per second, and only for the next minute. It starts a drain
 * at the start of that second, which then waits until the delivery is due.
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
  void send(transport, { name: deliveriesDue, id: `due:${second}`, ts: second * 1000 }).then((sent) => {
    if (!sent) timedSeconds.delete(second);
  });
}

/** Signals that a job that replays or discards may continue. Returns at once and never throws. */
export function signalReplays(): void {
  const { transport } = state();
  if (transport) void send(transport, { name: replaysDue });
}

/** Signals that emails are to be written or sent. Returns at once and never throws. */
export function signalEmails(): void {
  const { transport } = state();
  if (transport) void send(transport, { name: emailsDue });
}

/** Signals that a self-test is to be run. Returns at once and never throws. */
export function signalSelfTest(): void {
  const { transport } = state();
  if (transport) void send(transport, { name: selfTestDue });
}

/** Sends a signal that came from another thread or process, merged with this one's. */
export function passOn({ name, ts }: Signal): void {
  if (name === replaysDue) signalReplays();
  else if (name === emailsDue) signalEmails();
  else if (name === selfTestDue) signalSelfTest();
  else if (ts === undefined) signalDue();
  else signalDueAt(new Date(ts));
}

async function send(transport: Transport, signal: Signal): Promise<boolean> {
  const current = state();
  try {
    await transport(signal);
    if (current.failing) log().info("signals reach the functions again");
    current.failing = false;
    return true;
  } catch (error) {
    if (!current.failing)
      log().error({ error }, "a signal was lost; the sweep will find its work within a minute");
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

/** Registers what carries signals to other processes; `null` if nothing does. */
export function registerOthers(transport: Transport | null): void {
  state().toOthers = transport;
}

/**
 * Called by a drain when it starts (with a function that makes it look at once) and, with `null`, when it ends; and
 * by a thread that can always wake another one.
 */
export function setLocalDrain(wake: (() => void) | null): void {
  state().wakeLocalDrain = wake;
}

/** Whether a drain runs in this process. */
export function drainRunsHere(): boolean {
  return state().wakeLocalDrain !== null;
}

/** What runs this process's functions, for the health route. */
export function engineState(): Readonly<EngineState> {
  return state().engine;
}

/** Called when the engine starts or stops, and by the sweep. */
export function reportEngine(change: Partial<EngineState>): void {
  Object.assign(state().engine, change);
  holder.posthornHearEngine?.(state().engine);
}

/** Registers another listener for the engine's state: a thread that reports its health. */
export function onEngineReport(hear: (engine: Readonly<EngineState>) => void): void {
  holder.posthornHearEngine = hear;
}

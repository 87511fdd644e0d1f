import { log } from "./log";

/** Deliveries are due, or will be at the signal's `ts`. */
export const deliveriesDue = "posthorn/deliveries.due";
/** A job that replays or discards may go on. */
export const replaysDue = "posthorn/replays.due";
/** Emails are to be written or sent. */
export const emailsDue = "posthorn/emails.due";
/** A self-test is to be run. */
export const selfTestDue = "posthorn/self-test.due";

/**
 * An event of Inngest's that says when to look. It carries nothing: the tables are the truth, and a signal that is lost
 * is made good by the sweep.
 */
export type Signal = {
  name: typeof deliveriesDue | typeof replaysDue | typeof emailsDue | typeof selfTestDue;
  /** The same one is sent once. */
  id?: string;
  /** When its function is to start, in milliseconds since 1970. */
  ts?: number;
};

/** What carries a signal to the functions. */
export type Transport = (signal: Signal) => Promise<unknown>;

export type EngineState = { kind: "embedded" | "inngest" | null; started: boolean; lastSweepAt: Date | null };

/** The first of several leaves at once, and those that follow within this time as one. */
const signalIntervalMs = 100;
/** The same for calls to other processes: who is called looks on for two seconds after there was nothing left. */
const othersIntervalMs = 1_000;
/** What is due later than this is found by the sweep in time. */
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
 * Says that deliveries are due. Returns at once and never throws: the first signal leaves immediately, those
 * that follow within 100 ms as one. While a drain runs in this process, it is woken and nothing is sent.
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
 * Says to the other processes that more is due than this one can take. Returns at once and never throws: the first call
 * leaves immediately, and those that follow within a second as one; to nobody if nothing carries signals to others.
 */
export function signalOthers(): void {
  const current = state();
  if (current.toOthers) current.sendDueToOthers();
}

/** The same function, called at once, and then at most once in each interval: by `again`, if it was asked for meanwhile. */
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
 * Says that a delivery falls due at a time: one signal per second, for the next minute only. It starts a drain
 * at the beginning of that second, and the drain waits idle until the delivery is due.
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

/** Says that a job that replays or discards may go on. Returns at once and never throws. */
export function signalReplays(): void {
  const { transport } = state();
  if (transport) void send(transport, { name: replaysDue });
}

/** Says that emails are to be written or sent. Returns at once and never throws. */
export function signalEmails(): void {
  const { transport } = state();
  if (transport) void send(transport, { name: emailsDue });
}

/** Says that a self-test is to be run. Returns at once and never throws. */
export function signalSelfTest(): void {
  const { transport } = state();
  if (transport) void send(transport, { name: selfTestDue });
}

/** Sends a signal that came from another thread or process, together with those of this one. */
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

/** Registers what carries signals to other processes; `null` if there is none. */
export function registerOthers(transport: Transport | null): void {
  state().toOthers = transport;
}

/**
 * Called by a drain when it starts (with what makes it look at once) and, with `null`, when it ends; and by a thread that
 * can always have another one look.
 */
export function setLocalDrain(wake: (() => void) | null): void {
  state().wakeLocalDrain = wake;
}

/** Whether a drain runs in this process. */
export function drainRunsHere(): boolean {
  return state().wakeLocalDrain !== null;
}

/** What drives the functions of this process, for the health route. */
export function engineState(): Readonly<EngineState> {
  return state().engine;
}

/** Called by what starts and stops the engine, and by the sweep. */
export function reportEngine(change: Partial<EngineState>): void {
  Object.assign(state().engine, change);
  holder.posthornHearEngine?.(state().engine);
}

/** Registers who else wants to know of the engine: another thread that answers for its health. */
export function onEngineReport(hear: (engine: Readonly<EngineState>) => void): void {
  holder.posthornHearEngine = hear;
}

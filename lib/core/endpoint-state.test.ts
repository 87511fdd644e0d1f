import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EndpointRules } from "../testing/endpoint-rules";
import {
  type Cause,
  disable,
  type EndpointResult,
  type EndpointState,
  enable,
  type StateChange,
  transition,
} from "./endpoint-state";

const at = (time: string) => new Date(`2026-11-20T${time}.000Z`);
const now = at("12:00:00");
const hourMs = 3_600_000;
const options = { now, delayMs: (probe: number) => probe * hourMs, skewMs: 0 };
const ana: Cause = { cause: "user", actorId: "0198c0de-0000-7000-8000-000000000001", actorName: "Ana" };

const healthy: EndpointState = {
  consecutiveFailures: 0,
  failingSince: null,
  lastFailureAt: null,
  lastFailureStatus: null,
  lastFailureError: null,
  lastFailureDetail: null,
  nextProbeAt: null,
  scheduledProbeAt: null,
  probeToken: null,
  probeUntil: null,
  slowStart: null,
  concurrency: 10,
  disabledAt: null,
  disabledCause: null,
  disabledActorName: null,
};
const backingOff = (consecutiveFailures: number): EndpointState => ({
  ...healthy,
  consecutiveFailures,
  failingSince: at("11:00:00"),
  nextProbeAt: at("11:59:00"),
  probeToken: "probe",
  probeUntil: at("12:01:00"),
});

const failed = (given: Partial<EndpointResult> = {}): EndpointResult => ({
  trigger: "automatic",
  token: "token",
  succeeded: false,
  endedAt: now,
  httpStatus: 500,
  error: null,
  errorDetail: null,
  retryAfter: null,
  ...given,
});
const probeFailed = (given: Partial<EndpointResult> = {}) =>
  failed({ trigger: "probe", token: "probe", ...given });
const succeeded = (given: Partial<EndpointResult> = {}) =>
  failed({ succeeded: true, httpStatus: 200, ...given });
const times = (n: number, result: EndpointResult) => Array.from({ length: n }, () => result);

const apply = (state: EndpointState, ...results: EndpointResult[]) => transition(state, results, options);
const transitionsOf = ({ transitions }: StateChange) =>
  transitions.map(({ kind, consecutiveFailures }) => `${kind} ${consecutiveFailures}`);

describe("a try that a user asked for", () => {
  const asked = { ...backingOff(19), nextProbeAt: now, scheduledProbeAt: at("18:00:00") };

  test("does not count if it fails, however often, and the next probe is due when it would have been", () => {
    const { state, transitions } = apply(asked, probeFailed({ error: "tls_error", errorDetail: "expired" }));
    expect(transitions).toEqual([]);
    expect(state).toMatchObject({
      consecutiveFailures: 19,
      disabledAt: null,
      nextProbeAt: at("18:00:00"),
      scheduledProbeAt: null,
      probeToken: null,
      lastFailureError: "tls_error",
      lastFailureDetail: "expired",
    });
  });

  test("is followed later if the receiver asks for it, and by the schedule's own probe, which counts", () => {
    const later = apply(asked, probeFailed({ retryAfter: at("20:00:00") })).state;
    expect(later.nextProbeAt).toEqual(at("20:00:00"));
    const next = { ...later, probeToken: "probe", probeUntil: at("20:01:00") };
    expect(transitionsOf(apply(next, probeFailed()))).toEqual(["disabled 20"]);
  });

  test("recovers the webhook if it succeeds", () => {
    const { state } = apply(asked, succeeded({ trigger: "probe", token: "probe" }));
    expect(state).toMatchObject({ consecutiveFailures: 0, nextProbeAt: null, scheduledProbeAt: null });
  });
});

describe("failures", () => {
  test("up to 5 add to the count, however many fail at once, and the fifth makes the endpoint back off", () => {
    expect(apply(healthy, ...times(4, failed())).state.consecutiveFailures).toBe(4);
    const burst = apply(healthy, ...times(50, failed()));
    expect(burst.state).toMatchObject({ consecutiveFailures: 5, nextProbeAt: at("13:00:00") });
    expect(transitionsOf(burst)).toEqual(["failing 5"]);
  });

  test("from 5 on only that of the probe whose token is the state's counts, once", () => {
    expect(apply(backingOff(7), ...times(9, failed())).state).toMatchObject({
      consecutiveFailures: 7,
      nextProbeAt: at("11:59:00"),
      probeToken: "probe",
    });
    expect(apply(backingOff(7), probeFailed({ token: "an older one" })).state.consecutiveFailures).toBe(7);
    expect(apply(backingOff(7), failed(), probeFailed(), failed()).state).toMatchObject({
      consecutiveFailures: 8,
      nextProbeAt: at("16:00:00"),
      probeToken: null,
      probeUntil: null,
    });
  });

  test("of what a person or a replay asked for never count", () => {
    for (const trigger of ["manual", "replay"] as const) {
      expect(apply(healthy, ...times(9, failed({ trigger }))).state).toEqual(healthy);
      expect(apply(backingOff(9), failed({ trigger })).state).toEqual(backingOff(9));
    }
  });

  test("are known by the first since the last success, and the last one with its fault", () => {
    const first = failed({ endedAt: at("12:00:01") });
    const last = failed({ endedAt: at("12:00:12"), httpStatus: null, error: "timeout" });
    const lastFailure = {
      lastFailureAt: at("12:00:12"),
      lastFailureStatus: null,
      lastFailureError: "timeout",
    };
    expect(apply(healthy, first, last).state).toMatchObject({ failingSince: at("12:00:01"), ...lastFailure });
    expect(apply(healthy, first, last, succeeded()).state).toMatchObject({
      failingSince: null,
      ...lastFailure,
    });
    expect(apply(healthy, first, succeeded(), last).state).toMatchObject({
      failingSince: at("12:00:12"),
      ...lastFailure,
    });
    expect(apply(backingOff(5), probeFailed()).state.failingSince).toEqual(at("11:00:00"));
  });
});

describe("probes", () => {
  test("come by the schedule after the failure, no earlier than the receiver asked for, by the database's clock", () => {
    const probe = (given: Partial<EndpointResult>, skewMs = 0) =>
      transition(backingOff(5), [probeFailed(given)], { ...options, skewMs }).state.nextProbeAt;
    expect(probe({})).toEqual(at("14:00:00"));
    expect(probe({ retryAfter: at("12:30:00") })).toEqual(at("14:00:00"));
    expect(probe({ retryAfter: at("18:00:00") })).toEqual(at("18:00:00"));
    expect(probe({ retryAfter: at("18:00:00") }, 2 * hourMs)).toEqual(at("20:00:00"));
    expect(probe({}, -hourMs)).toEqual(at("13:00:00"));
  });

  test("wait for the latest time that the receiver asked for, also when a person's retry was asked", () => {
    const change = apply(
      healthy,
      failed({ trigger: "manual", retryAfter: at("18:30:00") }),
      ...times(5, failed({ retryAfter: at("18:10:00") })),
    );
    expect(change.state.nextProbeAt).toEqual(at("18:30:00"));
  });

  test("that fail notify at 10 and 15, and the 20th failure disables", () => {
    for (const [failures, expected] of [
      [5, []],
      [9, ["threshold 10"]],
      [14, ["threshold 15"]],
      [18, []],
      [19, ["disabled 20"]],
    ] as const)
      expect(transitionsOf(apply(backingOff(failures), probeFailed()))).toEqual(expected);
    expect(apply(backingOff(19), probeFailed()).state).toMatchObject({
      consecutiveFailures: 20,
      disabledAt: now,
      disabledCause: "failures",
    });
  });
});

describe("a success", () => {
  test("of a healthy endpoint changes nothing", () => {
    expect(apply(healthy, succeeded(), succeeded())).toEqual({ state: healthy, transitions: [] });
  });

  test("ends the streak, whatever asked for it, and notifies if the endpoint backed off", () => {
    for (const trigger of ["automatic", "probe", "manual", "replay"] as const) {
      const change = apply(backingOff(12), succeeded({ trigger }));
      expect(change.state).toEqual({ ...healthy, slowStart: 1 });
      expect(transitionsOf(change)).toEqual(["recovered 0"]);
    }
    expect(apply({ ...healthy, consecutiveFailures: 4, failingSince: now }, succeeded())).toEqual({
      state: healthy,
      transitions: [],
    });
  });

  test("is recorded after the failures before it, and before those after it", () => {
    const change = apply(healthy, ...times(5, failed()), succeeded(), ...times(7, failed()));
    expect(transitionsOf(change)).toEqual(["failing 5", "recovered 0", "failing 5"]);
    expect(change.state).toMatchObject({ consecutiveFailures: 5, slowStart: 1 });
  });

  test("makes no streak of what failed between it and another one a moment later", () => {
    const change = apply(healthy, succeeded(), ...times(9, failed()), succeeded());
    expect(transitionsOf(change)).toEqual([]);
    expect(change.state.consecutiveFailures).toBe(0);
  });

  test("keeps a threshold from being reached a moment before", () => {
    expect(transitionsOf(apply(backingOff(9), probeFailed(), succeeded()))).toEqual(["recovered 0"]);
    expect(apply(backingOff(19), probeFailed(), succeeded()).state.disabledAt).toBeNull();
  });

  test("doubles the requests at a time from 1 up to the endpoint's, and a failure starts over", () => {
    let state = apply({ ...backingOff(5), concurrency: 8 }, succeeded()).state;
    const starts = [state.slowStart];
    while (state.slowStart !== null) {
      state = apply(state, ...times(state.slowStart, succeeded())).state;
      starts.push(state.slowStart);
    }
    expect(starts).toEqual([1, 2, 4, null]);
    expect(apply({ ...healthy, slowStart: 4 }, failed()).state.slowStart).toBe(1);
  });
});

test("a 410 disables the endpoint from any state, whatever asked for the attempt, and no other status does", () => {
  for (const trigger of ["automatic", "probe", "manual", "replay"] as const) {
    const counted = trigger === "automatic" || trigger === "probe" ? 1 : 0;
    const change = apply(healthy, failed({ trigger, httpStatus: 410 }));
    expect(change.state).toMatchObject({
      disabledAt: now,
      disabledCause: "gone",
      consecutiveFailures: counted,
      lastFailureStatus: 410,
    });
    expect(change.transitions).toEqual([
      {
        kind: "disabled",
        consecutiveFailures: counted,
        httpStatus: 410,
        error: null,
        by: { cause: "gone", actorId: null, actorName: null },
      },
    ]);
  }
  for (const httpStatus of [404, 411, 500, null])
    expect(apply(healthy, failed({ httpStatus })).state.disabledAt).toBeNull();
});

test("of a disabled endpoint the count goes on, and nothing notifies", () => {
  const disabled = disable(backingOff(9), ana, now).state;
  for (const results of [[probeFailed()], [succeeded()], [failed({ httpStatus: 410 })]]) {
    const { state, transitions } = apply(disabled, ...results);
    expect(transitions).toEqual([]);
    expect(state).toMatchObject({ disabledAt: now, disabledCause: "user", disabledActorName: "Ana" });
  }
  expect(apply(disabled, succeeded()).state.consecutiveFailures).toBe(0);
});

test("a person disables and enables it, each recorded once, and enabling resets the failures", () => {
  const off = disable(backingOff(9), ana, now);
  expect(off.transitions).toEqual([
    { kind: "disabled", consecutiveFailures: 9, httpStatus: null, error: null, by: ana },
  ]);
  expect(disable(off.state, ana, now)).toEqual({ state: off.state, transitions: [] });
  const on = enable(off.state, ana);
  expect(on.state).toEqual({ ...healthy, slowStart: 1 });
  expect(on.transitions).toEqual([
    { kind: "enabled", consecutiveFailures: 0, httpStatus: null, error: null, by: ana },
  ]);
  expect(enable(on.state, ana)).toEqual({ state: on.state, transitions: [] });
});

/** Numbers that follow from a seed, so that a failing order can be seen again. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 12;
  };
}

/** Processes that claim, send and record for one endpoint, in an order that numbers decide. */
class Processes {
  state = healthy;
  transitions: string[] = [];
  private inFlight: Pick<EndpointResult, "trigger" | "token">[] = [];
  private tokens = 0;

  /** @param succeeding how many of 64 attempts succeed */
  constructor(
    private rules: EndpointRules,
    private succeeding: number,
  ) {}

  /** What a claim takes: as many as there are free slots, or a probe; one is lost now and then, and its lease lapses. */
  claim(most: number, isProbeLost: boolean): void {
    const { consecutiveFailures, slowStart, concurrency, disabledAt, probeToken } = this.state;
    if (disabledAt) return;
    if (consecutiveFailures < 5) {
      const free = (slowStart ?? concurrency) - this.inFlight.length;
      for (let n = 0; n < Math.min(free, most); n++) this.send("automatic");
    } else if (probeToken === null || isProbeLost) {
      const token = this.send("probe");
      this.state = { ...this.state, probeToken: token };
      this.rules.probe = token;
    }
  }

  /** A person enables it if it is disabled. */
  enable(): void {
    const change = enable(this.state, ana);
    if (this.state.disabledAt) this.rules.enable();
    this.state = change.state;
    this.transitions.push(...transitionsOf(change));
  }

  send(trigger: EndpointResult["trigger"]): string {
    this.tokens += 1;
    const token = String(this.tokens);
    this.inFlight.push({ trigger, token });
    return token;
  }

  /** Records some of what is in flight, in any order. */
  record(random: () => number): void {
    const batch: EndpointResult[] = [];
    for (let left = random() % (this.inFlight.length + 1); left > 0; left--) {
      const [one] = this.inFlight.splice(random() % this.inFlight.length, 1);
      const outcome = random() % 512;
      if (!one) continue;
      if (outcome < 8 * this.succeeding) batch.push(succeeded(one));
      else batch.push(failed({ ...one, httpStatus: outcome === 300 ? 410 : 503 }));
    }
    if (batch.length === 0) return;
    const before = this.state;
    const change = transition(before, batch, options);
    this.rules.take(batch);
    this.state = change.state;
    this.transitions.push(...transitionsOf(change));
    const { consecutiveFailures, failingSince, nextProbeAt, slowStart } = change.state;
    if (
      consecutiveFailures !== this.rules.failures ||
      (change.state.disabledAt !== null) !== this.rules.disabled ||
      consecutiveFailures > Math.max(5, before.consecutiveFailures + 1) ||
      (failingSince !== null) !== consecutiveFailures > 0 ||
      (nextProbeAt !== null) !== consecutiveFailures >= 5 ||
      (slowStart !== null && (slowStart < 1 || slowStart >= healthy.concurrency))
    )
      throw new Error(`of ${JSON.stringify({ before, batch })} came ${JSON.stringify(change.state)}`);
  }
}

test("in 100,000 orders of claims, lost probes, retries by hand, results and enabling, state and transitions are those of the rules", () => {
  const reached = new Set<string>();
  const cases = { seed: fc.integer(), succeeding: fc.nat({ max: 9 }), steps: fc.nat({ max: 120 }) };
  fc.assert(
    fc.property(fc.record(cases), ({ seed, succeeding, steps }) => {
      const random = randomFrom(seed);
      const rules = new EndpointRules();
      const processes = new Processes(rules, succeeding);
      for (let step = 0; step < steps; step++) {
        const what = random() % 16;
        if (what < 6) processes.claim(1 + (random() % 6), random() % 8 === 0);
        else if (what === 6) processes.enable();
        else if (what === 7) processes.send(random() % 2 === 0 ? "manual" : "replay");
        else processes.record(random);
      }
      if (processes.transitions.join() !== rules.transitions.join())
        throw new Error(
          `${processes.transitions.join()} was recorded in place of ${rules.transitions.join()}`,
        );
      for (const one of processes.transitions) reached.add(one);
    }),
    { numRuns: 100_000 },
  );
  const expected = ["failing 5", "threshold 10", "threshold 15", "disabled 20", "recovered 0", "enabled 0"];
  expect(expected.filter((one) => !reached.has(one))).toEqual([]);
}, 120_000);

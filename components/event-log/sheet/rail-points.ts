import type { DeliveryDetailOutput } from "@/lib/contract/deliveries";
import { describeFailure } from "./describe-failure";

type Delivery = Pick<DeliveryDetailOutput, "attemptLog" | "plannedAttempts" | "inFlight">;

export type RailPoint = {
  /** 0 at the first attempt, 1 at the last point. */
  x: number;
  at: Date;
  kind: "succeeded" | "failed" | "sending" | "planned";
  /** The attempt's number, if it was made. */
  number: number | null;
};

type Point = Omit<RailPoint, "x">;

export type Rail = {
  /** By time: attempts made, one under way, planned ones. */
  points: RailPoint[];
  /** The position of the present time. */
  nowX: number;
  /** Round times after the first attempt. */
  ticks: { x: number; label: string }[];
};

const tickTimes = [
  { label: "10 s", seconds: 10 },
  { label: "1 m", seconds: 60 },
  { label: "10 m", seconds: 600 },
  { label: "1 h", seconds: 3_600 },
  { label: "1 d", seconds: 86_400 },
  { label: "7 d", seconds: 604_800 },
  { label: "30 d", seconds: 2_592_000 },
] as const;

/**
 * Attempts and planned ones on a logarithmic time scale: the schedule's delays grow, so that on a linear one the
 * first points would be crowded. `null` for fewer than two, which have no distance to show.
 */
export function railPoints({ attemptLog, plannedAttempts, inFlight }: Delivery, now: Date): Rail | null {
  const made = attemptLog
    .map(
      (attempt): Point => ({
        number: attempt.number,
        at: new Date(attempt.startedAt),
        kind: describeFailure(attempt) ? "failed" : "succeeded",
      }),
    )
    .toSorted((a, b) => a.at.getTime() - b.at.getTime());
  const sending: Point[] = inFlight ? [{ number: null, at: now, kind: "sending" }] : [];
  // A planned attempt that is due while another one is under way is that one.
  const planned = plannedAttempts
    .map((at): Point => ({ number: null, at: new Date(at), kind: "planned" }))
    .filter(({ at }) => !inFlight || at > now);
  const all = [...made, ...sending, ...planned];
  const [first] = all;
  const last = all.at(-1);
  if (!first || !last || all.length < 2) return null;

  const start = first.at.getTime();
  const length = logSeconds(last.at.getTime() - start);
  const xOf = (at: Date) => (length === 0 ? 0 : Math.min(1, logSeconds(at.getTime() - start) / length));
  return {
    points: all.map((point) => ({ ...point, x: xOf(point.at) })),
    nowX: xOf(now),
    ticks: tickTimes
      .map(({ label, seconds }) => ({ label, x: logSeconds(seconds * 1_000) / length }))
      .filter(({ x }) => x <= 1),
  };
}

const logSeconds = (ms: number) => Math.log1p(Math.max(0, ms) / 1_000);

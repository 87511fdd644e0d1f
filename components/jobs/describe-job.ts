import type { ReplayOutput } from "@/lib/replays/schemas";

export type JobWords = {
  title: string;
  /** How far it came, in numbers that change often. */
  progress: string;
};

type Described = Pick<
  ReplayOutput,
  "kind" | "status" | "reason" | "total" | "done" | "skipped" | "ratePerSecond"
>;

const titles: Record<ReplayOutput["kind"], Record<ReplayOutput["status"], string>> = {
  replay: {
    running: "Replaying",
    paused: "Replay paused",
    done: "Replayed",
    canceled: "Replay canceled",
    failed: "Replay stopped",
  },
  discard: {
    running: "Discarding",
    paused: "Discarding paused",
    done: "Discarded",
    canceled: "Discarding canceled",
    failed: "Discarding stopped",
  },
};

/** A long job in words; `name` is its webhook's, where it is about one that is known. */
export function describeJob(job: Described, name: string | null): JobWords {
  const { kind, status, total, done, skipped, ratePerSecond, reason } = job;
  const isOver = status !== "running" && status !== "paused";
  const numbers = [
    status === "done" ? countEvents(done - skipped) : `${format(done)} of ${format(total)}`,
    skipped > 0 && `${format(skipped)} left as they were`,
    !isOver && kind === "replay" && ratePerSecond !== null && `at most ${format(ratePerSecond)} a second`,
    reason,
  ];
  return {
    title: name === null ? titles[kind][status] : `${titles[kind][status]} · ${name}`,
    progress: numbers.filter((one) => typeof one === "string").join(" · "),
  };
}

const format = (count: number) => count.toLocaleString("en");
const countEvents = (count: number) => `${format(count)} ${count === 1 ? "event" : "events"}`;

import { countEvents } from "@/components/ui/count-events";
import type { ReplayOutput } from "@/lib/contract/replays";
import { isHeldUp } from "@/lib/core/replays";

export type JobMessage = {
  title: string;
  /** A job's progress, in numbers that change often. */
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

/** Whether a job runs or is paused. */
export const isActive = ({ status }: Pick<ReplayOutput, "status">): boolean =>
  status === "running" || status === "paused";

/**
 * Labels for a long job.
 *
 * @param name its webhook's, if it concerns one webhook and the name is known
 * @param waiting how many of its deliveries wait because their webhook keeps failing
 */
export function describeJob(job: Described, name: string | null, waiting = 0): JobMessage {
  const { kind, status, total, done, skipped, ratePerSecond, reason } = job;
  const isOver = !isActive(job);
  const numbers = [
    status === "done" ? countEvents(done - skipped) : `${format(done)} of ${format(total)}`,
    skipped > 0 && `${format(skipped)} skipped`,
    !isOver && kind === "replay" && ratePerSecond !== null && `at most ${format(ratePerSecond)} a second`,
    isOver && waiting > 0 && `${format(waiting)} not sent yet`,
    reason,
  ];
  // The job is done with them, but they have not been sent yet.
  const isQueued = status === "done" && waiting > 0;
  const title = isQueued ? "Queued" : isHeldUp(job) ? "Replay waiting" : titles[kind][status];
  return {
    title: name === null ? title : `${title} · ${name}`,
    progress: numbers.filter((one) => typeof one === "string").join(" · "),
  };
}

/** The question before a job is canceled: finished chunks stay, and what happens to the rest. */
export function describeCancel(
  { kind, filter, total, done }: Pick<ReplayOutput, "kind" | "filter" | "total" | "done">,
  name: string | null,
): { title: string; text: string; button: string } {
  const replays = kind === "replay";
  const left = Math.max(0, total - done);
  const rest = left === 1 ? "The other event" : `The other ${countEvents(left)}`;
  const fate =
    filter === null
      ? left === 1
        ? "stays held."
        : "stay held."
      : `${left === 1 ? "is" : "are"} not sent again.`;
  return {
    title: `Cancel ${replays ? "the replay" : "discarding"}${name === null ? "" : ` of ${name}'s events`}?`,
    text: `${format(done)} of ${countEvents(total)} ${done === 1 ? "has" : "have"} been ${replays ? "replayed" : "discarded"}. ${rest} ${fate} A canceled job can't be resumed.`,
    button: replays ? "Cancel the replay" : "Cancel discarding",
  };
}

const format = (count: number) => count.toLocaleString("en");

/** `replay` sends deliveries (again); `discard` ends those that will not be sent. */
export const replayKinds = ["replay", "discard"] as const;

/** A job that has ended keeps its status: `done`, `canceled`, `failed`. */
export const replayStatuses = ["running", "paused", "done", "canceled", "failed"] as const;
export type ReplayStatus = (typeof replayStatuses)[number];

/** Whether a job that is running sends nothing for now, because its webhook is disabled. */
export const isHeldUp = ({ status, reason }: { status: ReplayStatus; reason: string | null }): boolean =>
  status === "running" && reason !== null;

/** By creation. */
export const replayOrders = ["oldest", "newest"] as const;

/** What can happen to held deliveries when their webhook is enabled; `keep` leaves them held. */
export const heldChoices = ["replay", "discard", "keep"] as const;
/** What can happen to them later. */
export const heldActions = ["replay", "discard"] as const;

/** Deliveries of one transaction of a job. */
export const chunkSize = 500;
/**
 * The most deliveries that a job may have waiting at one endpoint, so that new events wait behind no more than these.
 */
export const backlogMax = 1_000;
/** How long a job waits for a backlog to shrink, or for attempts under way to end. */
export const waitSeconds = 1;
/** The same if the endpoint backs off. */
export const backingOffWaitSeconds = 30;
/** How many times in a row a chunk may fail, with a doubled wait each time, before the job counts as failed. */
export const chunkFailuresMax = 8;

/** A run works for at most this long and then hands over to the next. */
export const runMsMax = 20_000;
/** A run waits for a job that may continue within this time. The sweep finds later ones. */
export const idleWaitMsMax = 2_500;

export const ratePerSecondMax = 1_000;

/** The most deliveries that a replay may list by id. */
export const replayedIdsMax = 1_000;

/** Paces that the dashboard offers to slow a job down to, in events a second. */
export const paces = [1, 5, 10, 50, 100] as const;

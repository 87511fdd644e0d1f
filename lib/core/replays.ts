/** `replay` sends deliveries (again); `discard` ends those that are not to be sent. */
export const replayKinds = ["replay", "discard"] as const;

/** A job that has ended stays so: `done`, `canceled`, `failed`. */
export const replayStatuses = ["running", "paused", "done", "canceled", "failed"] as const;
export type ReplayStatus = (typeof replayStatuses)[number];

/** By creation. */
export const replayOrders = ["oldest", "newest"] as const;

/** What can become of held deliveries when their webhook is enabled; `keep` leaves them held. */
export const heldChoices = ["replay", "discard", "keep"] as const;
/** What can become of them later. */
export const heldActions = ["replay", "discard"] as const;

/** Deliveries of one transaction of a job. */
export const chunkSize = 500;
/** Deliveries that a job may have waiting at one endpoint: what is published meanwhile waits behind no more. */
export const backlogMax = 1_000;
/** How long a job waits for a backlog to shrink, or for attempts under way to end. */
export const waitSeconds = 1;
/** The same if the endpoint backs off. */
export const backingOffWaitSeconds = 30;
/** Times in a row that a chunk may fail, each waiting twice as long, before the job counts as failed. */
export const chunkFailuresMax = 8;

/** A run works for that long at most, and then passes on. */
export const runMsMax = 20_000;
/** A run waits for a job that may go on within that time; later ones are found by the sweep. */
export const idleWaitMsMax = 2_500;

export const ratePerSecondMax = 1_000;

/** Deliveries that a replay may name one by one. */
export const replayedIdsMax = 1_000;

/** Events a second that the dashboard offers to slow a job down to. */
export const paces = [1, 5, 10, 50, 100] as const;

/** For the whole exchange, the response's body included. */
export const attemptTimeoutMs = 15_000;
export const connectTimeoutMs = 5_000;
/** Bytes of a response that are kept; then the socket is closed and the status decides. */
export const responseBytesMax = 64 * 1024;
/** Bytes of a response's head, with those of interim responses like `103 Early Hints` before it; curl's limit. */
export const headBytesMax = 300 * 1024;
/** Bytes of a response's headers that are kept. */
export const keptHeaderBytesMax = 16 * 1024;
/** Deliveries taken by one claim to be sent at once: it holds its endpoints for as long as it takes. */
export const claimCountMax = 192;
/** Deliveries that wait in a process for others of their endpoint to end, at most. */
export const aheadCountMax = 512;
/** What an endpoint took within that time is what may wait for it. */
export const aheadMs = 200;
/** What has waited for that long, because the endpoint became slower, is given back. */
export const aheadMsMax = 1_000;
/** Bodies taken by one claim. */
export const claimBytesMax = 8 * 1024 * 1024;
export const leaseSeconds = 60;
/** How often a process says that it is alive. */
export const heartbeatMs = 5_000;
/** The same for one that is alone and holds nothing. */
export const idleHeartbeatMs = 20_000;
/** Not heard of for that long, it is taken for dead: three heartbeats. */
export const silentSecondsMax = 15;
/** A process that was itself not heard for a while takes nothing over before so many heartbeats. */
export const heartbeatsBeforeTakeover = 3;
/** A delivery whose lease has less left is given back, not started: the attempt may take 15 s. */
export const leaseLeftSecondsMin = 20;
/** A drain claims for that long at most, and then signals again. */
export const drainMsMax = 20_000;
/** How long a drain that found nothing goes on looking. */
export const idleWaitMsDefault = 2_000;
export const pollMs = 50;
/** Results are recorded at the latest after that time, count or size. */
export const recordAfterMs = 50;
export const recordCountMax = 512;
export const recordBytesMax = 1024 * 1024;
/** Results that may wait for the database; beyond, nothing is claimed. */
export const recordBacklogMax = 2_048;
/** Before retries 1 to 4, and before each later one, without jitter: the schedule in numbers to show. */
export const retryDelaysSeconds = [12, 148, 1_808, 22_026, 86_400] as const;

/**
 * Which targets beside public ones a webhook may have: none, this machine, or any. Whatever is not public may be
 * reached over http, too.
 */
export const privateTargets = ["none", "loopback", "all"] as const;
export type PrivateTargets = (typeof privateTargets)[number];

/** The URLs that webhooks may have, as sentences for the log at start and the form. */
export const privateTargetTexts: Record<PrivateTargets, string> = {
  none: "Only public https:// addresses are allowed.",
  loopback: "Only public https:// addresses and this machine (localhost) are allowed.",
  all: "All addresses are allowed, including private ones and http://. This is for development only.",
};

import type { ResourceLimits } from "node:worker_threads";

/**
 * For a thread through which every event passes. Its young generation is twice the default: what is under way lives for
 * up to 50 ms, and what outlives a garbage collection is copied, or kept for long.
 */
export const busyThreadLimits: ResourceLimits = { maxYoungGenerationSizeMb: 96 };

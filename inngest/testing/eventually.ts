import { vi } from "vitest";

/** Looks again and again, for longer than the second that vitest waits of itself. */
export const eventually = (check: () => void) => vi.waitFor(check, { timeout: 20_000 });

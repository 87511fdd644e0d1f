/** What an exchange waits for, in order. On a connection that was kept it begins with `wait`. */
export const exchangePhases = ["dns", "connect", "tls", "wait", "read"] as const;
export type ExchangePhase = (typeof exchangePhases)[number];

/** How long each phase took, in milliseconds; `null` for one that there was none of, or that was not come to. */
export type Timings = Record<ExchangePhase, number | null>;

/** Who a connection is with. */
export type Peer = {
  address: string | null;
  /** Of its certificate; `null` without TLS. */
  certificateExpiresAt: Date | null;
};

/** Takes note of when the phases of one exchange begin, and of whom it is with. */
export class ExchangeTrace {
  peer: Peer = { address: null, certificateExpiresAt: null };
  private readonly startedAt = performance.now();
  private begun: { phase: ExchangePhase; atMs: number }[] = [];

  /** The exchange has come to a phase, which ends the one before. */
  begin(phase: ExchangePhase): void {
    this.begun.push({ phase, atMs: this.elapsedMs() });
  }

  /** A kept connection was of no use: what its request took counts as part of opening another one. */
  dial(phase: "dns" | "connect"): void {
    this.begun = [{ phase, atMs: 0 }];
  }

  /**
   * The exchange has ended, well or badly, in the phase that it had come to last.
   *
   * @returns in whole milliseconds; the phases add up to the duration
   */
  end(): { durationMs: number; timings: Timings } {
    const durationMs = this.elapsedMs();
    const timings: Timings = { dns: null, connect: null, tls: null, wait: null, read: null };
    this.begun.forEach(({ phase, atMs }, index) => {
      timings[phase] = (this.begun[index + 1]?.atMs ?? durationMs) - (index === 0 ? 0 : atMs);
    });
    return { durationMs, timings };
  }

  private elapsedMs(): number {
    return Math.round(performance.now() - this.startedAt);
  }
}

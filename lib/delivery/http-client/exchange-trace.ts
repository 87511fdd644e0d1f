/** The phases of an exchange, in order. On a kept connection it begins with `wait`. */
export const exchangePhases = ["dns", "connect", "tls", "wait", "read"] as const;
export type ExchangePhase = (typeof exchangePhases)[number];

/** The duration of each phase, in milliseconds; `null` if it did not occur or was not reached. */
export type Timings = Record<ExchangePhase, number | null>;

/** The other end of a connection. */
export type Peer = {
  address: string | null;
  /** The expiry of its certificate; `null` without TLS. */
  certificateExpiresAt: Date | null;
};

/** Records when the phases of one exchange begin, and its peer. */
export class ExchangeTrace {
  peer: Peer = { address: null, certificateExpiresAt: null };
  private readonly startedAt = performance.now();
  private begun: { phase: ExchangePhase; atMs: number }[] = [];

  /** Begins a phase, which ends the previous one. */
  begin(phase: ExchangePhase): void {
    this.begun.push({ phase, atMs: this.elapsedMs() });
  }

  /** The kept connection could not be used: the time of its request counts as part of opening another one. */
  dial(phase: "dns" | "connect"): void {
    this.begun = [{ phase, atMs: 0 }];
  }

  /**
   * Ends the exchange, successful or not, in its last phase.
   *
   * @returns whole milliseconds; the phases add up to the duration
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

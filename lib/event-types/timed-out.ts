const rememberedMs = 60_000;
const rememberedMax = 500;

/**
 * Schemas that ran out of time, and on how much data: half as much and more is not worth another try for a while. So
 * who sends ever less to run out of time again gets few tries, and small data goes on being judged.
 */
export class TimedOut {
  private readonly entries = new Map<string, { size: number; until: number }>();

  has(schema: string, size: number): boolean {
    const entry = this.entries.get(schema);
    return entry !== undefined && size * 2 >= entry.size && Date.now() < entry.until;
  }

  note(schema: string, size: number): void {
    const entry = this.entries.get(schema);
    const isCurrent = entry !== undefined && Date.now() < entry.until;
    // What was answered from here says nothing new, and must not be remembered for longer by that.
    if (isCurrent && size * 2 >= entry.size) return;
    this.entries.delete(schema);
    this.entries.set(schema, { size, until: Date.now() + rememberedMs });
    const [oldest] = this.entries.keys();
    if (this.entries.size > rememberedMax && oldest !== undefined) this.entries.delete(oldest);
  }
}

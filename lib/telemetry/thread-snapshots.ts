import { BroadcastChannel, threadId } from "node:worker_threads";
import {
  AggregatorRegistry,
  type MetricObjectWithValues,
  type MetricValue,
  type Registry,
} from "prom-client";

/** A thread's metrics at one moment. */
type Snapshot = MetricObjectWithValues<MetricValue<string>>[];

type Said =
  | { say: "here" }
  | { say: "gone" }
  | { say: "ask"; question: number }
  | { say: "answer"; to: number; question: number; snapshot: Snapshot };
type Message = Said & { from: number };

/** If a thread is busy for longer, its last snapshot is used. */
const answerMsMax = 1_000;

/**
 * Merges the metrics of the process's threads, whichever of them is asked. Each thread has its own registry,
 * announces itself over a channel, and sends its metrics when another one asks.
 *
 * The counters of a thread that does not answer, or has ended, stay in the sum, because a falling counter would look
 * like a restart of the process.
 */
export class ThreadSnapshots {
  private readonly channel = new BroadcastChannel("posthorn-metrics");
  /** The other threads: what each sent last, and whether it is expected to answer. */
  private readonly others = new Map<number, { last: Snapshot; expected: boolean }>();
  private merging: Promise<Registry> | null = null;
  private closed = false;
  private question = 0;
  private answered: () => void = () => undefined;
  private missing = new Set<number>();

  /** @param read this thread's metrics */
  constructor(
    private readonly read: () => Promise<Snapshot>,
    private readonly id = threadId,
  ) {
    this.channel.onmessage = ({ data }: { data: Message }) => void this.hear(data);
    // It does not keep the process alive; Node's types lack this method.
    if ("unref" in this.channel && this.channel.unref instanceof Function) this.channel.unref();
    this.tell({ say: "here" });
  }

  /** The metrics of all threads, merged. Waits at most a second for busy threads. */
  merge(): Promise<Registry> {
    this.merging ??= this.askAndMerge().finally(() => {
      this.merging = null;
    });
    return this.merging;
  }

  private async askAndMerge(): Promise<Registry> {
    const [own] = await Promise.all([this.read(), this.ask()]);
    const others = [...this.others.values()].map(({ last, expected }) =>
      expected ? last : withoutGauges(last),
    );
    return AggregatorRegistry.aggregate([own, ...others]);
  }

  close(): void {
    this.tell({ say: "gone" });
    this.closed = true;
    this.channel.close();
  }

  private ask(): Promise<void> {
    this.question += 1;
    this.missing = new Set([...this.others].filter(([, { expected }]) => expected).map(([id]) => id));
    if (this.missing.size === 0) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        for (const id of this.missing) this.expect(id, false);
        resolve();
      }, answerMsMax);
      this.answered = () => {
        clearTimeout(timer);
        resolve();
      };
      this.tell({ say: "ask", question: this.question });
    });
  }

  private async hear(message: Message): Promise<void> {
    const { from } = message;
    if (message.say === "here") {
      // A new thread does not know those that were there first.
      if (!this.others.has(from)) this.tell({ say: "here" });
      this.expect(from, true);
    } else if (message.say === "gone") this.expect(from, false);
    else if (message.say === "ask") {
      const { question } = message;
      this.tell({ say: "answer", to: from, question, snapshot: await this.read() });
    } else if (message.to === this.id) {
      this.others.set(from, { last: message.snapshot, expected: true });
      if (message.question === this.question) this.missing.delete(from);
      if (this.missing.size === 0) this.answered();
    }
  }

  private expect(id: number, expected: boolean): void {
    this.others.set(id, { last: this.others.get(id)?.last ?? [], expected });
  }

  private tell(said: Said): void {
    if (!this.closed) this.channel.postMessage({ ...said, from: this.id });
  }
}

function withoutGauges(snapshot: Snapshot): Snapshot {
  return snapshot.filter(({ type }) => String(type) !== "gauge");
}

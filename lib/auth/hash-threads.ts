import { Worker } from "node:worker_threads";
import { AppError } from "../core/errors";
import type { HashRequest } from "./hash-thread.mjs";

type Job = { request: HashRequest; resolve: (key: Buffer) => void; reject: (error: unknown) => void };

/** A hash takes 32 MiB of memory and one core for about 150 ms. */
const threadsMax = 2;
/** Later requests would wait for about ten seconds. */
export const waitingMax = 50;
const idleMs = 30_000;

/**
 * Hashes passwords in separate threads, two at a time, each ended after 30 idle seconds. libuv's threads, where
 * `scrypt` runs, stay free for DNS lookups. Hand-written, because a package's pool starts a file by its name, which
 * the build does not keep.
 */
export class HashThreads {
  private readonly waiting: Job[] = [];
  private readonly idle = new Map<Worker, NodeJS.Timeout>();
  private threads = 0;

  /** @throws AppError `rate_limited` if fifty others are already waiting */
  derive(request: HashRequest): Promise<Buffer> {
    if (this.waiting.length >= waitingMax) {
      throw new AppError("rate_limited", "Too many people are signing in. Try again in ten seconds.", {
        retryAfterSeconds: 10,
      });
    }
    return new Promise((resolve, reject) => {
      this.waiting.push({ request, resolve, reject });
      this.takeUp();
    });
  }

  private takeUp(): void {
    const [kept] = this.idle.keys();
    if (this.waiting.length === 0 || (!kept && this.threads >= threadsMax)) return;
    const job = this.waiting.shift();
    if (job) this.run(kept ? this.wake(kept) : this.open(), job);
  }

  private open(): Worker {
    this.threads += 1;
    const worker = new Worker(new URL("./hash-thread.mjs", import.meta.url));
    worker.once("exit", () => {
      this.threads -= 1;
      this.wake(worker);
      this.takeUp();
    });
    return worker;
  }

  private run(worker: Worker, { request, resolve, reject }: Job): void {
    const settle = () => worker.off("message", derived).off("error", failed).off("exit", ended);
    const derived = (key: Uint8Array) => {
      settle();
      resolve(Buffer.from(key));
      this.rest(worker);
      this.takeUp();
    };
    // A failed thread ends, and its end starts the next job.
    const failed = (error: unknown) => {
      settle();
      reject(error);
    };
    const ended = () => failed(new Error("a thread that hashes passwords exited"));
    worker.on("message", derived).on("error", failed).on("exit", ended);
    worker.postMessage(request);
  }

  /** An idle thread does not keep the process from exiting. */
  private rest(worker: Worker): void {
    worker.unref();
    const timer = setTimeout(() => {
      this.idle.delete(worker);
      void worker.terminate();
    }, idleMs).unref();
    this.idle.set(worker, timer);
  }

  private wake(worker: Worker): Worker {
    clearTimeout(this.idle.get(worker));
    this.idle.delete(worker);
    worker.ref();
    return worker;
  }
}

const holder = globalThis as { posthornHashThreads?: HashThreads };

/** The process's threads. */
export function hashThreads(): HashThreads {
  holder.posthornHashThreads ??= new HashThreads();
  return holder.posthornHashThreads;
}

import { Cron } from "croner";
import type { Inngest, InngestFunction } from "inngest";
import { serve } from "inngest/edge";
import { Batcher } from "./batcher";
import { EventDedupe } from "./event-dedupe";
import { createEventIntake, type EngineEvent, engineEvent } from "./event-intake";
import { Limiter } from "./limiter";
import { type FunctionDefinition, readDefinitions } from "./registration";
import { backoffMs } from "./retry-delay";
import { Run } from "./run";
import { callSdk, type SdkAnswer, type SdkCall } from "./sdk-call";
import { Timers } from "./timers";

export type EmbeddedEngineOptions = {
  client: Inngest.Like & Pick<Inngest, "logger">;
  functions: readonly InngestFunction.Like[];
  /** Milliseconds to wait after a failed attempt (counted from 0); Inngest's own table by default. */
  backoffMs?: (attempt: number) => number;
};

const serveOrigin = "http://embedded-engine.invalid";
const serveUrl = `${serveOrigin}/api/inngest`;
const failedEvent = "inngest/function.failed";

/**
 * Drives functions in this process as an Inngest server would from afar: through the SDK's own `serve()` handler
 * and in its protocol. Keeps nothing that must outlive the process.
 */
export class EmbeddedEngine {
  /** Takes the place of `fetch` in the client, and so receives what `inngest.send` sends. */
  readonly fetch: typeof fetch;
  readonly #options: EmbeddedEngineOptions;
  readonly #serve: (request: Request) => Promise<Response>;
  readonly #timers = new Timers();
  readonly #dedupe = new EventDedupe();
  readonly #limiters = new Map<string, Limiter>();
  readonly #batchers = new Map<string, Batcher>();
  readonly #inFlight = new Set<Promise<unknown>>();
  #definitions: FunctionDefinition[] = [];
  #crons: Cron[] = [];
  #stopped = false;

  constructor(options: EmbeddedEngineOptions) {
    this.#options = options;
    this.#serve = serve({ client: options.client, functions: options.functions, serveOrigin });
    this.fetch = createEventIntake((events) => {
      for (const event of events) this.#dispatch(event);
    });
  }

  /** Reads the functions and begins to run them. @throws when one wants what this engine does not offer. */
  async start(): Promise<void> {
    this.#definitions = await readDefinitions(this.#serve, serveUrl);
    for (const definition of this.#definitions) {
      this.#limiters.set(definition.id, new Limiter(definition.concurrency));
      if (definition.batch) {
        const batcher = new Batcher(definition.batch, this.#timers, (events) =>
          this.#run(definition, events),
        );
        this.#batchers.set(definition.id, batcher);
      }
      for (const cron of definition.crons) this.#crons.push(this.#schedule(definition, cron));
    }
  }

  /**
   * Starts nothing more, forgets what waits (events, sleeps, retries), and waits for the requests that run.
   * Events that are sent afterwards are accepted and forgotten.
   */
  async stop(): Promise<void> {
    this.#stopped = true;
    for (const cron of this.#crons) cron.stop();
    for (const limiter of this.#limiters.values()) limiter.stop();
    this.#timers.stop();
    await Promise.allSettled(this.#inFlight);
  }

  /** Five fields in UTC, or in the zone that a `TZ=Europe/Paris ` before them names, as on Inngest. */
  #schedule(definition: FunctionDefinition, cron: string): Cron {
    const [, timezone = "UTC", pattern = cron] = /^TZ=(\S+) (.+)$/.exec(cron) ?? [];
    return new Cron(pattern, { mode: "5-part", timezone, unref: true }, () => {
      this.#run(definition, [engineEvent("inngest/scheduled.timer", { cron })]);
    });
  }

  #dispatch(event: EngineEvent): void {
    for (const definition of this.#definitions) {
      if (!definition.events.includes(event.name)) continue;
      if (definition.failureOf && definition.failureOf !== event.data.function_id) continue;
      const batcher = this.#batchers.get(definition.id);
      if (batcher) batcher.add(event);
      else if (this.#dedupe.firstSeen(definition.id, event.id)) this.#runAt(event.ts, definition, event);
    }
  }

  #runAt(ts: number, definition: FunctionDefinition, event: EngineEvent): void {
    const wait = ts - Date.now();
    if (wait <= 0) this.#run(definition, [event]);
    // Asked again, for a timer may fire up to a millisecond early.
    else this.#timers.after(wait, () => this.#runAt(ts, definition, event));
  }

  #run(definition: FunctionDefinition, events: EngineEvent[]): void {
    if (this.#stopped) return;
    const run = new Run(definition, events, {
      call: (call) => this.#call(definition, call),
      timers: this.#timers,
      backoffMs: this.#options.backoffMs ?? backoffMs,
      onFailed: (failed, error) => this.#onFailed(failed, error),
    });
    run.start();
  }

  #call(definition: FunctionDefinition, call: SdkCall): Promise<SdkAnswer> {
    const limiter = this.#limiters.get(definition.id) ?? new Limiter(definition.concurrency);
    return limiter.run(async () => {
      const request = callSdk(this.#serve, serveUrl, call);
      this.#inFlight.add(request);
      try {
        return await request;
      } finally {
        this.#inFlight.delete(request);
      }
    });
  }

  #onFailed(run: Run, error: unknown): void {
    this.#options.client.logger.error(
      { function: run.definition.id, run: run.id, error },
      "a function failed",
    );
    // As on Inngest, the failure of a failure handler starts nothing.
    if (run.definition.failureOf) return;
    const [event] = run.events;
    const data = { function_id: run.definition.id, run_id: run.id, error, event, events: run.events };
    this.#dispatch(engineEvent(failedEvent, data));
  }
}

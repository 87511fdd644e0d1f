import { randomUUID } from "node:crypto";
import { Cron } from "croner";
import type { Inngest, InngestFunction } from "inngest";
import { serve } from "inngest/edge";
import PQueue from "p-queue";
import { z } from "zod";
import { metrics } from "@/lib/telemetry/metrics";
import { backoffMs } from "./backoff-ms";
import { type FunctionDefinition, readFunctions } from "./read-functions";

export type EmbeddedEngineOptions = {
  client: Inngest.Like & Pick<Inngest, "logger">;
  functions: readonly InngestFunction.Like[];
};

/** An event as functions receive it. */
type EngineEvent = {
  id: string;
  name: string;
  data: Record<string, unknown>;
  /** When its functions are to start; milliseconds since 1970. */
  ts: number;
};

/** One attempt of a run. */
type FunctionCall = {
  functionId: string;
  runId: string;
  event: EngineEvent;
  /** 0 for the first. */
  attempt: number;
  maxAttempts: number;
};

/** Work that waits for its turn in `queue`, whose concurrency is the function's. */
type EngineFunction = FunctionDefinition & { queue: PQueue };

const serveOrigin = "http://embedded-engine.invalid";
const serveUrl = `${serveOrigin}/api/inngest`;
const eventSchema = z
  .looseObject({
    id: z.string().nullish(),
    name: z.string().min(1),
    data: z.record(z.string(), z.unknown()).nullish(),
    ts: z.number().nullish(),
  })
  .transform(({ id, name, data, ts, ...rest }) => ({
    ...rest,
    id: id || randomUUID(),
    name,
    data: data ?? {},
    /** When its functions are to start; milliseconds since 1970. */
    ts: ts || Date.now(),
  }));
const bodySchema = z.preprocess((body) => [body].flat(), z.array(eventSchema));

/** `setTimeout` fires at once if it is asked to wait for longer. */
const timeoutMsMax = 2 ** 31 - 1;
/** Inngest keeps an event's id for 24 hours; this engine keeps the newest ones. */
const seenIdsMax = 10_000;

/**
 * Runs functions in this process as a remote Inngest server would: through the SDK's own `serve()` handler and in its
 * protocol. It supports what Posthorn's functions use: events, at once or at their `ts`, each id once; crons; a
 * concurrency limit; retries. It keeps nothing that must outlive the process.
 */
export class EmbeddedEngine {
  #logger: Inngest["logger"] | null = null;
  #serve: (request: Request) => Promise<Response> = async () => answer(503, { error: "not started" });
  readonly #seenIds = new Set<string>();
  readonly #timeouts = new Set<NodeJS.Timeout>();
  readonly #crons: Cron[] = [];
  #functions: EngineFunction[] = [];
  #stopped = false;

  /**
   * Replaces `fetch` in the client, and so receives what `inngest.send` posts to `/e/<event key>`. It answers as
   * Inngest's event API does.
   */
  readonly fetch: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    const { pathname } = new URL(request.url);
    if (request.method !== "POST" || !pathname.startsWith("/e/")) {
      return answer(404, { error: `The embedded engine has no ${request.method} ${pathname}` });
    }
    const parsed = bodySchema.safeParse(await request.json());
    if (!parsed.success) return answer(400, { error: z.prettifyError(parsed.error) });
    for (const event of parsed.data) this.#accept(event);
    return answer(200, { ids: parsed.data.map((event) => event.id) });
  };

  /**
   * Reads the functions and starts running them.
   *
   * @param options.client one whose `fetch` is this engine's
   * @throws if a function needs something that this engine does not support
   */
  async start({ client, functions }: EmbeddedEngineOptions): Promise<void> {
    this.#logger = client.logger;
    this.#serve = serve({ client, functions, serveOrigin });
    const definitions = await readFunctions(this.#serve, serveUrl);
    this.#functions = definitions.map((definition) => ({
      ...definition,
      queue: new PQueue({ concurrency: definition.concurrency }),
    }));
    for (const fn of this.#functions) {
      for (const cron of fn.crons) {
        const onTime = () =>
          this.#start(fn, {
            id: randomUUID(),
            name: "inngest/scheduled.timer",
            data: { cron },
            ts: Date.now(),
          });
        this.#crons.push(new Cron(cron, { mode: "5-part", timezone: "UTC", unref: true }, onTime));
      }
    }
  }

  /**
   * Starts nothing more, drops what waits (timed events, retries, queued runs), and waits for the runs in flight.
   * Events sent afterwards are accepted and dropped.
   */
  async stop(): Promise<void> {
    this.#stopped = true;
    for (const cron of this.#crons) cron.stop();
    for (const timeout of this.#timeouts) clearTimeout(timeout);
    for (const { queue } of this.#functions) queue.clear();
    await Promise.all(this.#functions.map(({ queue }) => queue.onPendingZero()));
  }

  #accept(event: EngineEvent): void {
    const id = `${event.name} ${event.id}`;
    if (this.#seenIds.has(id)) return;
    this.#seenIds.add(id);
    const [oldest] = this.#seenIds;
    if (oldest && this.#seenIds.size > seenIdsMax) this.#seenIds.delete(oldest);
    this.#at(event.ts, () => {
      for (const fn of this.#functions) if (fn.events.includes(event.name)) this.#start(fn, event);
    });
  }

  #start(fn: EngineFunction, event: EngineEvent): void {
    const maxAttempts = fn.retries + 1;
    this.#attempt(fn, { functionId: fn.id, runId: randomUUID(), event, attempt: 0, maxAttempts });
  }

  /** Calls the function as soon as its concurrency allows. It holds no slot while it waits for a retry. */
  #attempt(fn: EngineFunction, call: FunctionCall): void {
    if (this.#stopped) return;
    const { attempt, maxAttempts } = call;
    fn.queue
      .add(() => callFunction(this.#serve, serveUrl, call))
      .then(() => metrics()?.functionRan({ id: fn.id, failed: false }))
      .catch((error: unknown) => {
        metrics()?.functionRan({ id: fn.id, failed: true });
        if (attempt + 1 === maxAttempts) {
          this.#logger?.error({ function: fn.id, run: call.runId, error }, "a function failed");
          return;
        }
        const again = () => this.#attempt(fn, { ...call, attempt: attempt + 1 });
        this.#at(Date.now() + backoffMs(attempt), again);
      });
  }

  /** Calls back at a time (milliseconds since 1970), never earlier. Does not keep the process alive. */
  #at(time: number, callback: () => void): void {
    if (this.#stopped) return;
    const waitMs = time - Date.now();
    if (waitMs <= 0) {
      callback();
      return;
    }
    const timeout = setTimeout(
      () => {
        this.#timeouts.delete(timeout);
        // Checked again, because a timeout may fire up to a millisecond early.
        this.#at(time, callback);
      },
      Math.min(waitMs, timeoutMsMax),
    ).unref();
    this.#timeouts.add(timeout);
  }
}

/**
 * Runs a function once, through the SDK's handler and in the protocol of Inngest's executor (version 2).
 * @throws an error with what the function threw, as the SDK reports it, as its cause; or that the function uses steps
 */
async function callFunction(
  serve: (request: Request) => Promise<Response>,
  serveUrl: string,
  call: FunctionCall,
): Promise<void> {
  const url = new URL(serveUrl);
  url.search = new URLSearchParams({ fnId: call.functionId, stepId: "step" }).toString();
  const response = await serve(
    new Request(url, {
      method: "POST",
      headers: { host: url.host, "content-type": "application/json" },
      body: JSON.stringify({
        version: 2,
        event: call.event,
        events: [call.event],
        steps: {},
        ctx: {
          run_id: call.runId,
          attempt: call.attempt,
          max_attempts: call.maxAttempts,
          disable_immediate_execution: false,
          use_api: false,
          stack: { stack: [], current: 0 },
        },
      }),
    }),
  );
  if (response.status === 200) return;
  if (response.status === 206) throw new Error("The embedded engine does not offer steps");
  const text = await response.text();
  throw new Error(`The function failed (${response.status}): ${text}`, { cause: errorIn(text) });
}

/** The error that the SDK reports, as a plain object: its cause may be the database's, which the log tells apart. */
function errorIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function answer(status: number, body: object): Response {
  return Response.json({ ...body, status }, { status });
}

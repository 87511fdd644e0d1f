import { z } from "zod";
import type { BatchLimits } from "./batcher";
import { durationMs } from "./durations";

/** What the engine needs to know of a function: read from the SDK, which reads it from the function. */
export type FunctionDefinition = {
  id: string;
  /** Names of the events that start it. */
  events: string[];
  crons: string[];
  /** For an `onFailure` handler: the function whose failure starts it. */
  failureOf: string | null;
  /** Retries after a first failed attempt, for the function and for each of its steps. */
  retries: number;
  /** How many of its requests may run at once. */
  concurrency: number;
  batch: BatchLimits | null;
};

const failureExpression = /^event\.data\.function_id == '(.+)'$/;

const concurrencySchema = z
  .union([
    z.number(),
    z.strictObject({ limit: z.number(), scope: z.literal("fn").optional() }).transform(({ limit }) => limit),
  ])
  .transform((limit) => (limit > 0 ? limit : Number.POSITIVE_INFINITY));

/** Strict: an option that this engine lacks must not be ignored, or a function would behave otherwise on Inngest. */
const definitionSchema = z
  .strictObject({
    id: z.string(),
    name: z.string().optional(),
    triggers: z.array(
      z.union([
        z.strictObject({
          event: z.string().regex(/^[^*]+$/, "may not have a wildcard"),
          expression: z.string().regex(failureExpression, "is not evaluated here").optional(),
        }),
        z.strictObject({ cron: z.string() }),
      ]),
    ),
    steps: z.strictObject({
      step: z.object({
        retries: z.object(
          { attempts: z.number() },
          "must be set: the SDK and the server differ in their default",
        ),
      }),
    }),
    concurrency: concurrencySchema.default(Number.POSITIVE_INFINITY),
    batchEvents: z
      .strictObject({
        maxSize: z.number().min(1),
        timeout: z.string().transform((text, context) => {
          const timeoutMs = durationMs(text);
          if (timeoutMs !== null) return timeoutMs;
          context.addIssue({ code: "custom", message: "must be a duration like 5s" });
          return z.NEVER;
        }),
      })
      .optional(),
  })
  .transform(({ id, triggers, steps, concurrency, batchEvents }): FunctionDefinition => {
    const events = triggers.filter((trigger) => "event" in trigger);
    const expression = events.find((trigger) => trigger.expression)?.expression;
    return {
      id,
      events: events.map((trigger) => trigger.event),
      crons: triggers.filter((trigger) => "cron" in trigger).map((trigger) => trigger.cron),
      failureOf: failureExpression.exec(expression ?? "")?.[1] ?? null,
      retries: steps.step.retries.attempts,
      concurrency,
      batch: batchEvents ? { maxSize: batchEvents.maxSize, timeoutMs: batchEvents.timeout } : null,
    };
  });

const syncSchema = z.object({ functions: z.array(z.looseObject({ id: z.string() })) });

/**
 * Asks the SDK for its functions, by the same in-band sync that a server sends.
 * @throws when a function wants what the embedded engine does not offer, naming it.
 */
export async function readDefinitions(
  serve: (request: Request) => Promise<Response>,
  serveUrl: string,
): Promise<FunctionDefinition[]> {
  // The SDK insists on a host header, as a request over the network has.
  const { host } = new URL(serveUrl);
  const response = await serve(
    new Request(serveUrl, {
      method: "PUT",
      headers: { host, "content-type": "application/json", "x-inngest-sync-kind": "in_band" },
      body: JSON.stringify({ url: serveUrl }),
    }),
  );
  if (!response.ok) throw new Error(`The SDK did not name its functions: ${await response.text()}`);
  const { functions } = syncSchema.parse(await response.json());
  return functions.map((config) => {
    const parsed = definitionSchema.safeParse(config);
    if (parsed.success) return parsed.data;
    throw new Error(`The embedded engine cannot run ${config.id}:\n${z.prettifyError(parsed.error)}`);
  });
}

import { z } from "zod";

/** What the engine needs to know of a function, as the SDK reads it from the function. */
export type FunctionDefinition = z.infer<typeof definitionSchema>;

/**
 * Strict: an option that this engine lacks must not be ignored, or the function would behave differently on Inngest.
 */
const definitionSchema = z
  .strictObject({
    id: z.string(),
    name: z.string().optional(),
    triggers: z.array(
      z.union([
        z.strictObject({ event: z.string().regex(/^[^*]+$/, "must not have a wildcard") }),
        z.strictObject({ cron: z.string() }),
      ]),
    ),
    steps: z.strictObject({
      step: z.object({
        retries: z.object(
          { attempts: z.number() },
          "must be set: the defaults of the SDK and the server differ",
        ),
      }),
    }),
    concurrency: z.number().min(1).default(Number.POSITIVE_INFINITY),
  })
  .transform(({ id, triggers, steps, concurrency }) => ({
    id,
    /** Names of the events that start it. */
    events: triggers.flatMap((trigger) => ("event" in trigger ? trigger.event : [])),
    /** Five fields each, in UTC. */
    crons: triggers.flatMap((trigger) => ("cron" in trigger ? trigger.cron : [])),
    /** Retries after a failed first attempt. */
    retries: steps.step.retries.attempts,
    /** How many of its runs may be in flight at once. */
    concurrency,
  }));

const syncSchema = z.object({ functions: z.array(z.looseObject({ id: z.string() })) });

/**
 * Asks the SDK for its functions, by the same in-band sync that a server sends.
 * @throws when a function wants what the embedded engine does not offer; the message names it
 */
export async function readFunctions(
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
  if (!response.ok) throw new Error(`The SDK did not list its functions: ${await response.text()}`);
  const { functions } = syncSchema.parse(await response.json());
  return functions.map((config) => {
    const parsed = definitionSchema.safeParse(config);
    if (parsed.success) return parsed.data;
    throw new Error(`The embedded engine cannot run ${config.id}:\n${z.prettifyError(parsed.error)}`);
  });
}

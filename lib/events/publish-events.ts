import { createHash } from "node:crypto";
import { z } from "zod";
import { IdempotencyConflict, type NewEvent, type PublishedEvent } from "@/db/queries/accept-requests";
import {
  idempotencyKey,
  publishBatchInput,
  type publishBatchOutput,
  publishInput,
  type publishOutput,
} from "../contract/events";
import { canonicalJson } from "../core/canonical-json";
import { envelope } from "../core/envelope";
import { AppError, type FieldError, validationFailed } from "../core/errors";
import { eventDataBytesMax } from "../core/events";
import { newId, toPublicId } from "../core/ids";
import { jsonText } from "../core/json-text";
import { type Input, parseInput } from "../core/parse-input";
import { timeOfId } from "../core/time-of-id.mjs";
import { placeholderExample } from "../event-types/placeholder-example";
import { signalDue } from "../platform/signals";
import { authorize, type Context } from "../verbs/context";
import { cachedSchemas, cacheSchema } from "./cached-schemas";
import { type CheckedEvent, checkEvents, JudgementNeeded, judgeEvents } from "./check-events";
import { tracePublish } from "./trace-publish";
import { writeEvents } from "./write-events";

/** How often schemas that change while an event is checked by them are followed. */
const judgementsMax = 5;

/**
 * Publishes events that `publishEvent` or `publishBatch` has parsed: writes them with a delivery for each subscribed
 * webhook, all or none, and signals without waiting. No answered event is ever lost.
 *
 * @param traceparent from the request; an invalid one counts as not sent
 * @param path where the events are in the request, for errors: `""` for a single one, `events.` for a batch
 * @throws AppError `validation_failed` for data over 256 KiB and for what a strict workspace refuses, `conflict` for
 *   an idempotency key used with another body, `unavailable`
 */
export async function publishEvents({
  traceparent = null,
  ...given
}: Given & { traceparent?: string | null }): Promise<z.output<typeof publishOutput>[]> {
  const { ctx, input } = given;
  authorize(ctx, "events:write");
  return tracePublish({ traceparent, workspace: ctx.workspace.slug, events: input }, (carried) =>
    publishTraced(given, carried),
  );
}

type Given = { ctx: Context; input: z.output<typeof publishInput>[]; path: "" | "events." };

async function publishTraced(
  { ctx, input, path }: Given,
  traceparent: string | null,
): Promise<z.output<typeof publishOutput>[]> {
  const pathOf = (index: number, field: string) => (path ? `${path}${index}.${field}` : field);
  const tooLarge: FieldError[] = [];
  const checked: CheckedEvent[] = [];
  const events = input.map((event, index): NewEvent => {
    const data = jsonText(event.data);
    if (Buffer.byteLength(data) > eventDataBytesMax) {
      tooLarge.push({
        path: pathOf(index, "data"),
        message: `must be at most ${eventDataBytesMax / 1024} KiB as JSON`,
      });
    }
    checked.push({ type: event.type, data, pathOf: (field) => pathOf(index, field) });
    const id = newId();
    const timestamp = event.occurredAt ? new Date(event.occurredAt) : null;
    return {
      id,
      type: event.type,
      idempotencyKey: event.idempotencyKey ?? null,
      bodyHash: event.idempotencyKey ? hashOf(event) : null,
      timestamp,
      body: envelope.write({
        id: toPublicId("event", id),
        type: event.type,
        timestamp: timestamp ?? timeOfId(id),
        data,
      }),
      example: () => placeholderExample(event.data),
      deliver: event.deliver,
      traceparent,
    };
  });
  if (tooLarge.length > 0) throw validationFailed(tooLarge);

  try {
    const published = await writeJudged(ctx.workspace.id, events, checked);
    if (published.some((event) => event.deliveries > 0)) signalDue();
    return published.map((event) => ({ ...event, id: toPublicId("event", event.id) }));
  } catch (error) {
    if (!(error instanceof IdempotencyConflict)) throw error;
    const message =
      "was already used in the last 24 hours with another body; send the same body, or a new key";
    throw new AppError("conflict", `${pathOf(error.index, "idempotencyKey")}: ${message}`, {
      errors: [{ path: pathOf(error.index, "idempotencyKey"), message }],
    });
  }
}

/** Publishes up to 500 events, all or none. Throws as `publishEvents` does. */
export async function publishBatch({
  ctx,
  input,
  headers,
}: {
  ctx: Context;
  input: Input<typeof publishBatchInput>;
  headers: RequestHeaders;
}): Promise<z.output<typeof publishBatchOutput>> {
  const { events } = parseInput(publishBatchInput, input);
  const traceparent = headers.get("traceparent");
  return { data: await publishEvents({ ctx, input: events, path: "events.", traceparent }) };
}

type RequestHeaders = { get(name: string): string | null };

const keyHeader = z.object({ "Idempotency-Key": idempotencyKey.optional() });

/**
 * Publishes one event, whose idempotency key may also be sent as the `Idempotency-Key` header.
 *
 * @throws AppError as `publishEvents`, and `validation_failed` if header and field contain two different keys
 */
export async function publishEvent({
  ctx,
  input,
  headers,
}: {
  ctx: Context;
  input: Input<typeof publishInput>;
  headers: RequestHeaders;
}): Promise<z.output<typeof publishOutput>> {
  const event = parseInput(publishInput, input);
  const { "Idempotency-Key": fromHeader } = parseInput(keyHeader, {
    "Idempotency-Key": headers.get("idempotency-key") ?? undefined,
  });
  if (fromHeader && event.idempotencyKey && fromHeader !== event.idempotencyKey) {
    throw validationFailed([
      { path: "idempotencyKey", message: "must be the same as the Idempotency-Key header, or left out" },
    ]);
  }
  const keyed = { ...event, idempotencyKey: event.idempotencyKey ?? fromHeader };
  const traceparent = headers.get("traceparent");
  const [published] = await publishEvents({ ctx, input: [keyed], path: "", traceparent });
  if (!published) throw new Error("one event was published, and none came back");
  return published;
}

/**
 * Writes events that a strict workspace accepts. Schemas are applied outside of the transaction, which only checks
 * that they are the ones in force. Cached schemas are tried first, so that an event is rarely written twice.
 */
async function writeJudged(
  workspaceId: string,
  events: NewEvent[],
  checked: CheckedEvent[],
): Promise<PublishedEvent[]> {
  let schemas = cachedSchemas(workspaceId, new Set(checked.map(({ type }) => type)));
  for (let judgements = 1; judgements <= judgementsMax; judgements += 1) {
    const judgement =
      schemas.size > 0 ? await judgeEvents(workspaceId, checked, schemas) : { schemas, errors: [] };
    try {
      return await writeEvents({
        workspaceId,
        events,
        check: (catalogue) => checkEvents({ catalogue, workspaceId, events: checked, judgement }),
      });
    } catch (error) {
      if (!(error instanceof JudgementNeeded)) throw error;
      schemas = new Map(error.schemas);
      for (const [type, schema] of schemas) cacheSchema(workspaceId, type, schema);
    }
  }
  throw new AppError(
    "unavailable",
    "The schema of the event type keeps changing; nothing was written. Try again.",
    {
      retryAfterSeconds: 1,
    },
  );
}

function hashOf({ type, data, occurredAt, deliver }: z.output<typeof publishInput>): string {
  return createHash("sha256").update(canonicalJson({ type, data, occurredAt, deliver })).digest("hex");
}

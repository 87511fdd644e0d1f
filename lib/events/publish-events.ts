import { createHash } from "node:crypto";
import { stringify } from "lossless-json";
import type { z } from "zod";
import { IdempotencyConflict, type NewEvent } from "@/db/queries/accept-requests";
import { authorize, type Context } from "../context";
import { AppError, type FieldError, validationFailed } from "../errors";
import { placeholderExample } from "../event-types/placeholder-example";
import { newId, toPublicId } from "../ids";
import { signalDue } from "../signals";
import { buildBody } from "./build-body";
import { canonicalJson } from "./canonical-json";
import { checkEvents } from "./check-events";
import { eventDataBytesMax } from "./constants";
import type { publishInput, publishOutput } from "./schemas";
import { writeEvents } from "./write-events";

/**
 * Publishes events: writes them with a delivery for each webhook that subscribes, all or none, and signals without
 * waiting. What was answered is never lost.
 *
 * @param path where the events stand in the request, for errors: `""` for a single one, `events.` for a batch
 * @throws AppError `validation_failed` for data over 256 KiB and for what a strict workspace refuses, `conflict` for an
 *   idempotency key used with another body, `unavailable`
 */
export async function publishEvents({
  ctx,
  input,
  path,
}: {
  ctx: Context;
  input: z.output<typeof publishInput>[];
  path: "" | "events.";
}): Promise<z.output<typeof publishOutput>[]> {
  authorize(ctx, "events:write");
  const pathOf = (index: number, field: string) => (path ? `${path}${index}.${field}` : field);
  const now = new Date();
  const tooLarge: FieldError[] = [];
  const events = input.map((event, index): NewEvent => {
    const data = stringify(event.data) ?? "{}";
    if (Buffer.byteLength(data) > eventDataBytesMax) {
      tooLarge.push({
        path: pathOf(index, "data"),
        message: `must be at most ${eventDataBytesMax / 1024} KiB as JSON`,
      });
    }
    const id = newId();
    const timestamp = event.occurredAt ? new Date(event.occurredAt) : now;
    return {
      id,
      type: event.type,
      idempotencyKey: event.idempotencyKey ?? null,
      bodyHash: event.idempotencyKey ? hashOf(event) : null,
      timestamp: timestamp.getTime(),
      body: buildBody({ id, type: event.type, timestamp, data }),
      example: () => placeholderExample(event.data),
      deliver: event.deliver,
    };
  });
  if (tooLarge.length > 0) throw validationFailed(tooLarge);

  try {
    const published = await writeEvents({
      workspaceId: ctx.workspace.id,
      events,
      check: (catalogue) => checkEvents({ catalogue, workspaceId: ctx.workspace.id, events: input, pathOf }),
    });
    if (published.some((event) => event.deliveries > 0)) signalDue();
    return published.map((event) => ({ ...event, id: toPublicId("event", event.id) }));
  } catch (error) {
    if (!(error instanceof IdempotencyConflict)) throw error;
    const message = "was used within 24 hours with another body; send the same body, or a new key";
    throw new AppError("conflict", `${pathOf(error.index, "idempotencyKey")}: ${message}`, {
      errors: [{ path: pathOf(error.index, "idempotencyKey"), message }],
    });
  }
}

function hashOf({ type, data, occurredAt, deliver }: z.output<typeof publishInput>): string {
  return createHash("sha256").update(canonicalJson({ type, data, occurredAt, deliver })).digest("hex");
}

import { z } from "zod";
import { idempotencyKey, publishInput, type publishOutput } from "../contract/events";
import { validationFailed } from "../core/errors";
import { type Input, parseInput } from "../core/parse-input";
import type { Context } from "../verbs/context";
import { publishEvents } from "./publish-events";

const headers = z.object({ "Idempotency-Key": idempotencyKey.optional() });

/**
 * Publishes one event, whose idempotency key may also come as the `Idempotency-Key` header.
 *
 * @throws AppError `validation_failed` where header and field name two different keys
 */
export async function publishSingle({
  ctx,
  input,
  idempotencyKeyHeader,
}: {
  ctx: Context;
  input: Input<typeof publishInput>;
  idempotencyKeyHeader: string | null;
}): Promise<z.output<typeof publishOutput>> {
  const event = parseInput(publishInput, input);
  const { "Idempotency-Key": fromHeader } = parseInput(headers, {
    "Idempotency-Key": idempotencyKeyHeader ?? undefined,
  });
  if (fromHeader && event.idempotencyKey && fromHeader !== event.idempotencyKey) {
    throw validationFailed([
      { path: "idempotencyKey", message: "must be the Idempotency-Key header's, or be left out" },
    ]);
  }
  const keyed = { ...event, idempotencyKey: event.idempotencyKey ?? fromHeader };
  const [published] = await publishEvents({ ctx, input: [keyed], path: "" });
  if (!published) throw new Error("one event was published, and none came back");
  return published;
}

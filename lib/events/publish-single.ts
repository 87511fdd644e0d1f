import { z } from "zod";
import { idempotencyKey, type publishInput, type publishOutput } from "../contract/events";
import { validationFailed } from "../core/errors";
import { parseInput } from "../core/parse-input";
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
  input: z.output<typeof publishInput>;
  idempotencyKeyHeader: string | null;
}): Promise<z.output<typeof publishOutput>> {
  const { "Idempotency-Key": fromHeader } = parseInput(headers, {
    "Idempotency-Key": idempotencyKeyHeader ?? undefined,
  });
  if (fromHeader && input.idempotencyKey && fromHeader !== input.idempotencyKey) {
    throw validationFailed([
      { path: "idempotencyKey", message: "must be the Idempotency-Key header's, or be left out" },
    ]);
  }
  const event = { ...input, idempotencyKey: input.idempotencyKey ?? fromHeader };
  const [published] = await publishEvents({ ctx, input: [event], path: "" });
  if (!published) throw new Error("one event was published, and none came back");
  return published;
}

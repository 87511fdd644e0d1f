import type { z } from "zod";
import { publishBatchInput, type publishBatchOutput } from "../contract/events";
import { type Input, parseInput } from "../core/parse-input";
import type { Context } from "../verbs/context";
import { publishEvents } from "./publish-events";

/** Publishes up to 500 events, all or none. Throws as `publishEvents` does. */
export async function publishBatch({
  ctx,
  input,
}: {
  ctx: Context;
  input: Input<typeof publishBatchInput>;
}): Promise<z.output<typeof publishBatchOutput>> {
  const { events } = parseInput(publishBatchInput, input);
  return { data: await publishEvents({ ctx, input: events, path: "events." }) };
}

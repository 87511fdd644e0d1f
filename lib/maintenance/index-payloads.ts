import { setTimeout as sleep } from "node:timers/promises";
import { database } from "@/db/connection/database";
import { mergeSegments } from "@/db/queries/merge-segments";
import { findWorkspacesToIndex, indexNextEvents } from "@/db/queries/payload-index";
import { toPublicId } from "../core/ids";
import { termsOf } from "../core/payload-search";
import { log } from "../platform/log";

/** How long a run lasts; the next one continues. */
const runMs = 40_000;
/** Between two segments it pauses as long as the last one took, and at least this long: deliveries come first. */
const restMsMin = 25;

/**
 * Fills the index by which the log finds values in payloads, workspace by workspace, some thousand events at a time:
 * new events first, then older ones; segments that make a larger one are merged. It can be stopped at any time, and
 * continues where it stopped.
 *
 * @returns how many events it has indexed
 */
export async function indexPayloads(): Promise<number> {
  const { sql } = database();
  const until = performance.now() + runMs;
  let indexed = 0;
  let waiting = await findWorkspacesToIndex(sql);
  while (waiting.length > 0) {
    const more: string[] = [];
    for (const workspaceId of waiting) {
      const startedAt = performance.now();
      if (startedAt > until) return indexed;
      const merged = await mergeSegments(sql, { workspaceId });
      const step = merged > 0 ? { events: 0, merged } : await indexNextEvents(sql, { workspaceId, termsOf });
      if (step === "nothing") continue;
      more.push(workspaceId);
      indexed += step.events;
      const ms = performance.now() - startedAt;
      log().debug({ workspace: toPublicId("workspace", workspaceId), ...step, ms }, "payloads were indexed");
      await sleep(Math.max(restMsMin, ms));
    }
    waiting = more;
  }
  return indexed;
}

import { findIndexedRange } from "@/db/queries/payload-index";
import type { SearchedPage } from "../contract/searched-page";
import { noId } from "../core/ids";
import type { PayloadSearch } from "../core/payload-search";
import { timeOfId } from "../core/time-of-id.mjs";
import type { Context } from "./context";

/** What the index of payloads covers, if a search goes by it; `null` if not, or if nothing is indexed yet. */
export async function describePayloadIndex(
  ctx: Context,
  payload: PayloadSearch | null,
): Promise<SearchedPage["payloadIndex"]> {
  if (payload === null || "text" in payload) return null;
  const range = await findIndexedRange(ctx.db, ctx.workspace.id);
  return (
    range && {
      from: range.fromId === noId ? null : timeOfId(range.fromId).toISOString(),
      to: timeOfId(range.belowId).toISOString(),
    }
  );
}

import type { IndexedRange } from "@/db/queries/payload-index";
import type { SearchedPage } from "../contract/searched-page";
import { noId } from "../core/ids";
import { timeOfId } from "../core/time-of-id.mjs";

/**
 * What the index of payloads covers, in the API's form; `null` if a search did not use it, or nothing is indexed yet.
 */
export function describePayloadIndex(indexed: IndexedRange | null): SearchedPage["payloadIndex"] {
  return (
    indexed && {
      from: indexed.fromId === noId ? null : timeOfId(indexed.fromId).toISOString(),
      to: timeOfId(indexed.belowId).toISOString(),
    }
  );
}

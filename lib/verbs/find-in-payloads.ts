import { type PayloadSearch, parsePayloadSearch } from "../core/payload-search";
import { authorize, type Context, seesPayloads } from "./context";

/**
 * What a search may look for in payloads; `null` if the actor may not see them.
 *
 * @throws AppError `forbidden` for a search that only payloads can match, if the actor may not see them
 */
export function findInPayloads(ctx: Context, search: string): PayloadSearch | null {
  const payload = parsePayloadSearch(search);
  if ("text" in payload) authorize(ctx, "payloads:read");
  return seesPayloads(ctx) ? payload : null;
}

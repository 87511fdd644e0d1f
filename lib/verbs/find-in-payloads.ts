import { type PayloadSearch, parsePayloadSearch } from "../core/payload-search";
import { authorize, type Context, seesPayloads } from "./context";

/**
 * What a search may look for in payloads: nothing, `null`, if the actor may not see them.
 *
 * @throws AppError `forbidden` if it is a text, which is nowhere else, and the actor may not see payloads
 */
export function findInPayloads(ctx: Context, search: string): PayloadSearch | null {
  const payload = parsePayloadSearch(search);
  if ("text" in payload) authorize(ctx, "payloads:read");
  return seesPayloads(ctx) ? payload : null;
}

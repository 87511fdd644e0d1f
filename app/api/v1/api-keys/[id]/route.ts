import { revokeApiKey } from "@/lib/api-keys/revoke-api-key";
import { operations } from "@/lib/contract/operations";
import { route } from "@/lib/http/route";

export const DELETE = route(operations.revokeApiKey, async ({ ctx, id }) => {
  await revokeApiKey({ ctx, id });
  return { ok: true as const };
});

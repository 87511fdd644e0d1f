import { operations } from "@/lib/contract/operations";
import { deleteEndpoint } from "@/lib/endpoints/delete-endpoint";
import { getEndpoint } from "@/lib/endpoints/get-endpoint";
import { updateEndpoint } from "@/lib/endpoints/update-endpoint";
import { route } from "@/lib/http/route";

export const GET = route(operations.getEndpoint, ({ ctx, id }) => getEndpoint({ ctx, id }));

export const PATCH = route(operations.updateEndpoint, ({ ctx, id, body, expected }) =>
  updateEndpoint({ ctx, id, input: body, expected }),
);

export const DELETE = route(operations.deleteEndpoint, async ({ ctx, id, expected }) => {
  await deleteEndpoint({ ctx, id, expected });
  return { ok: true as const };
});

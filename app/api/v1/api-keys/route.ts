import { createApiKey } from "@/lib/api-keys/create-api-key";
import { listApiKeys } from "@/lib/api-keys/list-api-keys";
import { operations } from "@/lib/contract/operations";
import { route } from "@/lib/http/route";

export const GET = route(operations.listApiKeys, ({ ctx, query }) => listApiKeys({ ctx, input: query }));

export const POST = route(operations.createApiKey, ({ ctx, body }) => createApiKey({ ctx, input: body }));

import { createApiKey } from "@/lib/api-keys/create-api-key";
import { listApiKeys } from "@/lib/api-keys/list-api-keys";
import { operations } from "@/lib/contract/operations";
import { route } from "@/lib/http/api-v1";

export const GET = route(operations.listApiKeys, listApiKeys);

export const POST = route(operations.createApiKey, createApiKey);

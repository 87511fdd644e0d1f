import { revokeApiKey } from "@/lib/api-keys/revoke-api-key";
import { operations } from "@/lib/contract/operations";
import { route } from "@/lib/http/api-v1";

export const DELETE = route(operations.revokeApiKey, revokeApiKey);

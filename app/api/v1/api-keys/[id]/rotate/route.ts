import { rotateApiKey } from "@/lib/api-keys/rotate-api-key";
import { operations } from "@/lib/contract/operations";
import { route } from "@/lib/http/api-v1";

export const POST = route(operations.rotateApiKey, rotateApiKey);

import { operations } from "@/lib/contract/operations";
import { rotateSecret } from "@/lib/endpoints/rotate-secret";
import { route } from "@/lib/http/api-v1";

export const POST = route(operations.rotateSecret, rotateSecret);

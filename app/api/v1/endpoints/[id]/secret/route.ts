import { operations } from "@/lib/contract/operations";
import { revealSecret } from "@/lib/endpoints/reveal-secret";
import { route } from "@/lib/http/api-v1";

export const GET = route(operations.revealSecret, revealSecret);

import { operations } from "@/lib/contract/operations";
import { publishBatch } from "@/lib/events/publish-events";
import { route } from "@/lib/http/api-v1";

export const POST = route(operations.publishBatch, publishBatch);

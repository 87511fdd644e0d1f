import { operations } from "@/lib/contract/operations";
import { exportEvents } from "@/lib/events/export-events";
import { fileRoute } from "@/lib/http/api-v1";

export const GET = fileRoute(operations.exportEvents, exportEvents);

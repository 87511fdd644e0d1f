import { operations } from "@/lib/contract/operations";
import { exportDeliveries } from "@/lib/deliveries/export-deliveries";
import { fileRoute } from "@/lib/http/api-v1";

export const GET = fileRoute(operations.exportDeliveries, exportDeliveries);

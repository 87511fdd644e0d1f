import { operations } from "@/lib/contract/operations";
import { route } from "@/lib/http/api-v1";
import { controlReplay } from "@/lib/replays/control-replay";

export const POST = route(operations.cancelReplay, ({ ctx, id }) =>
  controlReplay({ ctx, id, action: "cancel" }),
);

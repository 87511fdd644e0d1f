import { operations } from "@/lib/contract/operations";
import { route } from "@/lib/http/route";
import { getEmail } from "@/lib/notifications/get-email";

export const GET = route(operations.getEmail, ({ ctx, id }) => getEmail({ ctx, id }));

import { operations } from "@/lib/http/operations";
import { route } from "@/lib/http/route";
import { getEmail } from "@/lib/notifications/get-email";

export const GET = route(operations.getEmail, ({ ctx, id }) => getEmail({ ctx, id }));

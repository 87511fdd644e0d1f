import { operations } from "@/lib/contract/operations";
import { route } from "@/lib/http/route";
import { listEmails } from "@/lib/notifications/list-emails";

export const GET = route(operations.listEmails, ({ ctx, query }) => listEmails({ ctx, input: query }));

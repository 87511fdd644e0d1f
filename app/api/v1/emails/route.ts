import { operations } from "@/lib/contract/operations";
import { route } from "@/lib/http/api-v1";
import { listEmails } from "@/lib/notifications/list-emails";

export const GET = route(operations.listEmails, listEmails);

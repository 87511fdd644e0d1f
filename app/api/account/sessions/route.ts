import { listSessions } from "@/lib/account/sessions";
import { accountOperations } from "@/lib/contract/operations/account";
import { accountApi } from "@/lib/http/account-api";

export const GET = accountApi.route(accountOperations.listSessions, listSessions);

import { endOtherSessions } from "@/lib/account/sessions";
import { accountOperations } from "@/lib/contract/operations/account";
import { accountApi } from "@/lib/http/account-api";

export const POST = accountApi.route(accountOperations.endOtherSessions, endOtherSessions);

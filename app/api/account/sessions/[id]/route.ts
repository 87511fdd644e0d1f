import { endSession } from "@/lib/account/sessions";
import { accountOperations } from "@/lib/contract/operations/account";
import { accountApi } from "@/lib/http/account-api";

export const DELETE = accountApi.route(accountOperations.endSession, endSession);

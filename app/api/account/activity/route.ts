import { listActivity } from "@/lib/account/list-activity";
import { accountOperations } from "@/lib/contract/operations/account";
import { accountApi } from "@/lib/http/account-api";

export const GET = accountApi.route(accountOperations.listActivity, listActivity);

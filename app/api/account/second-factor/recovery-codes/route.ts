import { replaceRecoveryCodes } from "@/lib/account/second-factor";
import { accountOperations } from "@/lib/contract/operations/account";
import { accountApi } from "@/lib/http/account-api";

export const POST = accountApi.route(accountOperations.replaceRecoveryCodes, replaceRecoveryCodes);

import { changePassword } from "@/lib/account/change-password";
import { accountOperations } from "@/lib/contract/operations/account";
import { accountApi } from "@/lib/http/account-api";

export const POST = accountApi.route(accountOperations.changePassword, changePassword);

import { cancelEmailChange } from "@/lib/account/cancel-email-change";
import { changeEmail } from "@/lib/account/change-email";
import { accountOperations } from "@/lib/contract/operations/account";
import { accountApi } from "@/lib/http/account-api";

export const POST = accountApi.route(accountOperations.changeEmail, changeEmail);
export const DELETE = accountApi.route(accountOperations.cancelEmailChange, cancelEmailChange);

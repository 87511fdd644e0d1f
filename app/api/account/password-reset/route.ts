import { resetPassword } from "@/lib/account/reset-password";
import { visitorOperations } from "@/lib/contract/operations/account";
import { visitorApi } from "@/lib/http/account-api";

export const POST = visitorApi.route(visitorOperations.resetPassword, resetPassword);

import { requestPasswordReset } from "@/lib/account/request-link";
import { visitorOperations } from "@/lib/contract/operations/account";
import { visitorApi } from "@/lib/http/account-api";

export const POST = visitorApi.route(visitorOperations.requestPasswordReset, requestPasswordReset);

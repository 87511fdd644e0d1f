import { confirmEmail } from "@/lib/account/confirm-email";
import { visitorOperations } from "@/lib/contract/operations/account";
import { visitorApi } from "@/lib/http/account-api";

export const POST = visitorApi.route(visitorOperations.confirmEmail, confirmEmail);

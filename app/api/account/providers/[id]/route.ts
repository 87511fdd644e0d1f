import { unlinkProvider } from "@/lib/account/unlink-provider";
import { accountOperations } from "@/lib/contract/operations/account";
import { accountApi } from "@/lib/http/account-api";

export const DELETE = accountApi.route(accountOperations.unlinkProvider, unlinkProvider);

import { getProfile } from "@/lib/account/get-profile";
import { updateProfile } from "@/lib/account/update-profile";
import { accountOperations } from "@/lib/contract/operations/account";
import { accountApi } from "@/lib/http/account-api";

export const GET = accountApi.route(accountOperations.getProfile, getProfile);
export const PATCH = accountApi.route(accountOperations.updateProfile, updateProfile);

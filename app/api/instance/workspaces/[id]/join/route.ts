import { personOperations } from "@/lib/contract/operations/instance";
import { personApi } from "@/lib/http/instance-api";
import { joinWorkspace } from "@/lib/instance/join-workspace";

export const POST = personApi.route(personOperations.joinWorkspace, joinWorkspace);

import { personOperations } from "@/lib/contract/operations/instance";
import { personApi } from "@/lib/http/instance-api";
import { listOwnWorkspaces } from "@/lib/instance/list-own-workspaces";

export const GET = personApi.route(personOperations.listOwnWorkspaces, listOwnWorkspaces);

import { operatorOperations, personOperations } from "@/lib/contract/operations/instance";
import { operatorApi, personApi } from "@/lib/http/instance-api";
import { createWorkspace } from "@/lib/instance/create-workspace";
import { listWorkspaces } from "@/lib/instance/list-workspaces";

export const GET = operatorApi.route(operatorOperations.listWorkspaces, listWorkspaces);
export const POST = personApi.route(personOperations.createWorkspace, createWorkspace);

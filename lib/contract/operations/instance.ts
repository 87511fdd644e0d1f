import { z } from "zod";
import { auditLogOutput, instanceAuditLogExportQuery, instanceAuditLogQuery } from "../audit-log";
import {
  createdWorkspaceOutput,
  createWorkspaceInput,
  instanceOutput,
  instanceUsersOutput,
  instanceWorkspacesOutput,
  ownWorkspacesOutput,
  updateInstanceInput,
  updateInstanceWorkspaceInput,
  updateUserInput,
} from "../instance";
import { selfTestOutput, selfTestsOutput } from "../self-tests";
import { pageQuery } from "../shared";
import { operation } from "./operation";

/** The prefix of paths about the instance and no workspace; for the dashboard only. */
export const instanceBasePath = "/api/instance";

/** For every signed-in user. */
export const personOperations = {
  listOwnWorkspaces: operation({ route: "GET /own-workspaces", output: ownWorkspacesOutput }),
  createWorkspace: operation({
    route: "POST /workspaces",
    body: createWorkspaceInput,
    status: 201,
    output: createdWorkspaceOutput,
  }),
  joinWorkspace: operation({ route: "POST /workspaces/{id}/join", output: createdWorkspaceOutput }),
};

/** For operators of the instance. */
export const operatorOperations = {
  getInstance: operation({ route: "GET /overview", output: instanceOutput }),
  updateInstance: operation({ route: "PATCH /overview", body: updateInstanceInput }),
  listWorkspaces: operation({ route: "GET /workspaces", output: instanceWorkspacesOutput }),
  updateWorkspace: operation({ route: "PATCH /workspaces/{id}", body: updateInstanceWorkspaceInput }),
  listUsers: operation({ route: "GET /users", query: pageQuery, output: instanceUsersOutput }),
  updateUser: operation({ route: "PATCH /users/{id}", body: updateUserInput }),
  endSessions: operation({ route: "POST /users/{id}/end-sessions" }),
  listAuditLog: operation({
    route: "GET /audit-log",
    query: instanceAuditLogQuery,
    output: auditLogOutput,
  }),
  exportAuditLog: operation({
    route: "GET /audit-log/export",
    query: instanceAuditLogExportQuery,
    output: z.string(),
    file: ["text/csv", "application/x-ndjson"],
  }),
  listSelfTests: operation({ route: "GET /self-tests", output: selfTestsOutput }),
  startSelfTest: operation({ route: "POST /self-tests", status: 202, output: selfTestOutput }),
  cancelSelfTest: operation({ route: "POST /self-tests/{id}/cancel", output: selfTestOutput }),
};

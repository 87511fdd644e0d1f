import {
  deleteWorkspaceInput,
  updateWorkspaceInput,
  workspaceContentsOutput,
  workspaceOutput,
} from "../workspaces";
import { operationsOf } from "./operation";

export const workspaceOperations = operationsOf(
  { tag: "Workspace", reads: "workspace:read", changes: "workspace:write" },
  {
    getWorkspace: {
      route: "GET /workspace",
      summary: "Get the workspace's settings (dashboard only)",
      output: workspaceOutput,
      versioned: "read",
    },
    updateWorkspace: {
      route: "PATCH /workspace",
      summary: "Change the workspace's settings (dashboard only, owners)",
      body: updateWorkspaceInput,
      output: workspaceOutput,
      versioned: "change",
    },
    getWorkspaceContents: {
      route: "GET /workspace/contents",
      summary: "Count what would be lost with the workspace (dashboard only, owners)",
      scope: "workspace:write",
      output: workspaceContentsOutput,
    },
    deleteWorkspace: {
      route: "POST /workspace/delete",
      summary: "Delete the workspace and everything in it (dashboard only, owners)",
      body: deleteWorkspaceInput,
    },
  },
);

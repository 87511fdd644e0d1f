import { operations } from "@/lib/contract/operations";
import { route } from "@/lib/http/route";
import { getWorkspace } from "@/lib/workspaces/get-workspace";
import { updateWorkspace } from "@/lib/workspaces/update-workspace";

export const GET = route(operations.getWorkspace, ({ ctx }) => getWorkspace({ ctx }));

export const PATCH = route(operations.updateWorkspace, ({ ctx, body, expected }) =>
  updateWorkspace({ ctx, input: body, expected }),
);

import { z } from "zod";
import { joiningRoles } from "../core/email-domains";
import { wholeNumber } from "../core/whole-number";
import { endpointLimitMax, workspaceCreators } from "../core/workspaces";
import { namesAField, pageOf } from "./shared";
import { workspaceName, workspaceSlug } from "./workspaces";

export const createWorkspaceInput = z.strictObject({
  name: workspaceName,
  slug: workspaceSlug.optional(),
});

export const createdWorkspaceOutput = z.object({ slug: z.string(), name: z.string() });
export type CreatedWorkspaceOutput = z.infer<typeof createdWorkspaceOutput>;

/** A workspace that the signed-in user may join on their own: their confirmed address is at its domain. */
const joinableWorkspaceOutput = z.object({
  id: z.string(),
  name: z.string(),
  role: z.enum(joiningRoles),
  domain: z.string(),
});
export type JoinableWorkspaceOutput = z.infer<typeof joinableWorkspaceOutput>;

/** The signed-in user's workspaces. */
export const ownWorkspacesOutput = z.object({
  data: z.array(
    z.object({
      slug: z.string(),
      name: z.string(),
      /** Webhooks that fail or are disabled. */
      needSomeone: z.number().int(),
    }),
  ),
  joinable: z.array(joinableWorkspaceOutput),
  mayCreate: z.boolean(),
  isOperator: z.boolean(),
});
export type OwnWorkspacesOutput = z.infer<typeof ownWorkspacesOutput>;

export const instanceOutput = z.object({
  version: z.string(),
  role: z.string(),
  database: z.object({
    version: z.string(),
    embedded: z.boolean(),
    bytes: z.number(),
    connections: z.number().int(),
  }),
  engine: z.object({
    kind: z.string().nullable(),
    started: z.boolean(),
    lastSweepAt: z.iso.datetime().nullable(),
  }),
  workspaceCreators: z.enum(workspaceCreators),
  /** As set in the environment; none of them is a secret. */
  settings: z.array(z.object({ name: z.string(), value: z.string() })),
});
export type InstanceOutput = z.infer<typeof instanceOutput>;

export const updateInstanceInput = z.strictObject({
  workspaceCreators: z.enum(workspaceCreators, `must be one of ${workspaceCreators.join(", ")}`),
});
export type UpdateInstanceInput = z.input<typeof updateInstanceInput>;

const instanceWorkspaceOutput = z.object({
  id: z.string(),
  slug: z.string(),
  name: z.string(),
  members: z.number().int(),
  webhooks: z.number().int(),
  endpointLimit: z.number().int(),
  createdAt: z.iso.datetime(),
});
export type InstanceWorkspaceOutput = z.infer<typeof instanceWorkspaceOutput>;

const deletedWorkspaceOutput = z.object({
  id: z.string(),
  slug: z.string(),
  name: z.string(),
  deletedBy: z.string(),
  deletedAt: z.iso.datetime(),
  contents: z.object({
    webhooks: z.number().int(),
    eventTypes: z.number().int(),
    apiKeys: z.number().int(),
    members: z.number().int(),
    events: z.number().int(),
    waiting: z.number().int(),
  }),
  removedAt: z.iso.datetime().nullable(),
});

export const instanceWorkspacesOutput = z.object({
  data: z.array(instanceWorkspaceOutput),
  deleted: z.array(deletedWorkspaceOutput),
});
export type InstanceWorkspacesOutput = z.infer<typeof instanceWorkspacesOutput>;

export const updateInstanceWorkspaceInput = z.strictObject({
  endpointLimit: wholeNumber({ min: 1, max: endpointLimitMax }),
});

const instanceUserOutput = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  isOperator: z.boolean(),
  disabled: z.boolean(),
  isYou: z.boolean(),
  workspaces: z.number().int(),
  sessions: z.number().int(),
  createdAt: z.iso.datetime(),
});
export type InstanceUserOutput = z.infer<typeof instanceUserOutput>;
export const instanceUsersOutput = pageOf(instanceUserOutput);

export const updateUserInput = z
  .strictObject({
    isOperator: z.boolean("must be true or false").optional(),
    disabled: z.boolean("must be true or false").optional(),
  })
  .refine(...namesAField);
export type UpdateUserInput = z.input<typeof updateUserInput>;

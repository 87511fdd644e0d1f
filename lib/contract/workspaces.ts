import { z } from "zod";
import { text } from "../core/text";
import { slugLength, slugPattern } from "../core/workspaces";
import { retryPolicyInput } from "./endpoints";
import { namesAField, version } from "./shared";

export const workspaceName = text({ trim: true, min: 1, max: 60 });

export const workspaceSlug = text({ trim: true, ...slugLength }).regex(
  slugPattern,
  "must be lower-case letters, digits and single dashes, like acme-test",
);

export const updateWorkspaceInput = z
  .strictObject({
    name: workspaceName.optional(),
    slug: workspaceSlug.optional().meta({
      description:
        "The first part of the workspace's URLs. URLs with the previous slug redirect to the new one.",
    }),
    retryPolicy: retryPolicyInput
      .optional()
      .meta({ description: "Used by webhooks that have no retry policy of their own." }),
    refuseUnknownTypes: z.boolean("must be true or false").optional().meta({
      description: "Refuse events whose type is not in the catalogue. If `false`, the type is added.",
    }),
    refuseInvalidData: z
      .boolean("must be true or false")
      .optional()
      .meta({ description: "Refuse events whose data does not match the JSON Schema of their type." }),
    viewersSeePayloads: z
      .boolean("must be true or false")
      .optional()
      .meta({ description: "Let viewers see the data of events and the responses of receivers." }),
  })
  .refine(...namesAField)
  .meta({ id: "UpdateWorkspace" });
export type UpdateWorkspaceInput = z.input<typeof updateWorkspaceInput>;

export const deleteWorkspaceInput = z
  .strictObject({
    name: text({ min: 1, max: 60 }).meta({ description: "The exact name of the workspace, to confirm." }),
  })
  .meta({ id: "DeleteWorkspace" });

export const workspaceContentsOutput = z
  .object({
    webhooks: z.number().int(),
    eventTypes: z.number().int(),
    apiKeys: z.number().int(),
    members: z.number().int(),
    events: z.number().int().meta({ description: "Up to 100,000 are counted." }),
    waiting: z
      .number()
      .int()
      .meta({ description: "Deliveries still to be sent. Up to 100,000 are counted." }),
  })
  .meta({ id: "WorkspaceContents" });

export const workspaceOutput = z
  .object({
    id: z.string(),
    slug: z.string(),
    name: z.string(),
    retryPolicy: retryPolicyInput,
    refuseUnknownTypes: z.boolean(),
    refuseInvalidData: z.boolean(),
    viewersSeePayloads: z.boolean(),
    retentionDays: z
      .number()
      .int()
      .meta({ description: "For how many days events, deliveries and attempts are kept." }),
    endpointLimit: z.number().int().meta({ description: "How many webhooks the workspace can have." }),
    createdAt: z.iso.datetime(),
    version,
  })
  .meta({ id: "Workspace" });
export type WorkspaceOutput = z.infer<typeof workspaceOutput>;

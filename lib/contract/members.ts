import { z } from "zod";
import { apiKeyScopes } from "../core/api-keys";
import { roles } from "../core/roles";
import { text } from "../core/text";
import { emailAddress, newPassword } from "./users";

const role = z.enum(roles, `must be one of ${roles.join(", ")}`);

export const memberOutput = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    role: z.enum(roles),
    isYou: z.boolean(),
    apiKeys: z.number().int().meta({
      description: "Active API keys that the member created. They stop working when the member leaves.",
    }),
    keys: z.array(z.object({ name: z.string(), scopes: z.array(z.enum(apiKeyScopes)) })).meta({
      description: "Those API keys with the scopes they were created with, newest first; at most 100.",
    }),
    joinedAt: z.iso.datetime(),
  })
  .meta({ id: "Member" });
export type MemberOutput = z.infer<typeof memberOutput>;
export const membersOutput = z.object({ data: z.array(memberOutput) });

export const updateMemberInput = z.strictObject({ role }).meta({ id: "UpdateMember" });

export const invitationOutput = z
  .object({
    id: z.string(),
    email: z.string(),
    role: z.enum(roles),
    invitedBy: z.string().nullable(),
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
    expired: z.boolean(),
  })
  .meta({ id: "Invitation" });
export type InvitationOutput = z.infer<typeof invitationOutput>;
export const invitationsOutput = z.object({ data: z.array(invitationOutput) });

export const createInvitationInput = z
  .strictObject({ email: emailAddress, role })
  .meta({ id: "CreateInvitation" });
export type CreateInvitationInput = z.input<typeof createInvitationInput>;

export const sentInvitationOutput = invitationOutput
  .extend({
    link: z.string().meta({ description: "The link to accept the invitation, shown only once." }),
    emailed: z.boolean().meta({
      description: "Whether the link is being sent by email, which needs `SMTP_URL` to be set.",
    }),
  })
  .meta({ id: "SentInvitation" });
export type SentInvitationOutput = z.infer<typeof sentInvitationOutput>;

/** For a person without an account, also a name and a password. */
export const acceptInvitationInput = z.strictObject({
  token: text({ min: 1, max: 200 }),
  name: text({ trim: true, min: 1, max: 100 }).optional(),
  password: newPassword.optional(),
});

export type AcceptInvitationInput = z.input<typeof acceptInvitationInput>;

export const acceptedInvitationOutput = z.object({ workspace: z.string(), email: z.string() });
export type AcceptedInvitationOutput = z.infer<typeof acceptedInvitationOutput>;

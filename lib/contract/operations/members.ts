import {
  createEmailDomainInput,
  emailDomainsOutput,
  sentVerificationOutput,
  updateEmailDomainInput,
  verifiedEmailDomainOutput,
  verifyEmailDomainInput,
} from "../email-domains";
import {
  acceptedInvitationOutput,
  acceptInvitationInput,
  createInvitationInput,
  invitationsOutput,
  membersOutput,
  sentInvitationOutput,
  updateMemberInput,
} from "../members";
import { operation, operationsOf } from "./operation";

export const memberOperations = operationsOf(
  { tag: "Members", reads: "members:read", changes: "members:write" },
  {
    listMembers: {
      route: "GET /members",
      summary: "List the members (dashboard only)",
      output: membersOutput,
    },
    updateMember: {
      route: "PATCH /members/{id}",
      summary: "Change a member's role (dashboard only, owners)",
      body: updateMemberInput,
      errors: ["conflict"],
    },
    removeMember: {
      route: "DELETE /members/{id}",
      summary: "Remove a member; their API keys stop working (dashboard only, owners)",
      errors: ["conflict"],
    },
    listInvitations: {
      route: "GET /invitations",
      summary: "List pending invitations (dashboard only, owners)",
      scope: "members:write",
      output: invitationsOutput,
    },
    createInvitation: {
      route: "POST /invitations",
      summary: "Invite someone; the link is shown only once (dashboard only, owners)",
      body: createInvitationInput,
      status: 201,
      output: sentInvitationOutput,
      errors: ["conflict"],
    },
    resendInvitation: {
      route: "POST /invitations/{id}/resend",
      summary: "Create a new link for an invitation; the old link stops working (dashboard only, owners)",
      output: sentInvitationOutput,
    },
    revokeInvitation: {
      route: "DELETE /invitations/{id}",
      summary: "Revoke an invitation (dashboard only, owners)",
    },
    listEmailDomains: {
      route: "GET /domains",
      summary: "List the email domains whose people can join without an invitation (dashboard only, owners)",
      scope: "members:write",
      output: emailDomainsOutput,
    },
    createEmailDomain: {
      route: "POST /domains",
      summary: "Add an email domain and email a link to verify it (dashboard only, owners)",
      body: createEmailDomainInput,
      status: 201,
      output: sentVerificationOutput,
      errors: ["conflict", "limit_reached"],
    },
    updateEmailDomain: {
      route: "PATCH /domains/{id}",
      summary: "Change the role of people who join by an email domain (dashboard only, owners)",
      body: updateEmailDomainInput,
    },
    deleteEmailDomain: {
      route: "DELETE /domains/{id}",
      summary: "Remove an email domain; people who joined by it stay members (dashboard only, owners)",
    },
    sendVerification: {
      route: "POST /domains/{id}/verification",
      summary: "Email a new link to verify a domain; the old link stops working (dashboard only, owners)",
      output: sentVerificationOutput,
      errors: ["conflict"],
    },
    leaveWorkspace: {
      route: "POST /workspace/leave",
      summary: "Leave the workspace (dashboard only)",
      scope: "workspace:read",
      errors: ["conflict"],
    },
  },
);

/** The prefix of the path by which an invitation is accepted, with or without an account. */
export const invitationBasePath = "/api/invitations";

export const invitationOperations = {
  acceptInvitation: operation({
    route: "POST /accept",
    body: acceptInvitationInput,
    output: acceptedInvitationOutput,
  }),
};

/** The prefix of the path by which an email domain is verified, by the person who got the link. */
export const emailDomainBasePath = "/api/email-domains";

export const emailDomainOperations = {
  verifyEmailDomain: operation({
    route: "POST /verify",
    body: verifyEmailDomainInput,
    output: verifiedEmailDomainOutput,
  }),
};

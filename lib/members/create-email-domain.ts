import { findEmailDomains, insertEmailDomain } from "@/db/queries/email-domains";
import { findWorkspace } from "@/db/queries/workspaces";
import { createEmailDomainInput, type SentVerificationOutput } from "../contract/email-domains";
import { emailAddress } from "../contract/users";
import { emailDomainsMax, verificationDays } from "../core/email-domains";
import { AppError, validationFailed } from "../core/errors";
import { newId } from "../core/ids";
import { type Input, parseInput } from "../core/parse-input";
import { signalEmails } from "../platform/signals";
import type { Context } from "../verbs/context";
import { withAudit } from "../verbs/with-audit";
import { emailVerification } from "./email-verification";
import { presentEmailDomain } from "./list-email-domains";
import { isPublicEmailDomain } from "./public-email-domains";
import { newVerificationLink } from "./verification-link";

/**
 * Adds an email domain to the workspace, and emails the link that verifies it to an address there. No one can join by
 * it before that. The link is only in the email: the person who adds a domain must be able to read email there.
 *
 * @throws AppError `validation_failed` for a public provider; `conflict` if the workspace already has the domain;
 *   `limit_reached` at 20; `rate_limited`
 */
export async function createEmailDomain({
  ctx,
  input,
}: {
  ctx: Context;
  input: Input<typeof createEmailDomainInput>;
}): Promise<SentVerificationOutput> {
  const { domain, localPart, role } = parseInput(createEmailDomainInput, input);
  const workspaceId = ctx.workspace.id;
  const asked = { ctx, scope: "members:write", action: "domain.create" } as const;
  const sent = await withAudit(asked, async (tx) => {
    const address = addressAt(domain, localPart);
    await findWorkspace(tx, workspaceId, { forChange: true });
    const present = await findEmailDomains(tx, { workspaceId });
    if (present.some((one) => one.domain === domain)) {
      throw new AppError("conflict", `This workspace already has the domain ${domain}.`);
    }
    if (present.length >= emailDomainsMax) {
      throw new AppError("limit_reached", `This workspace has ${emailDomainsMax} domains. Remove one first.`);
    }
    const { link, tokenHash } = newVerificationLink();
    const id = newId();
    const addedBy = ctx.actor.type === "user" ? ctx.actor.id : null;
    const row = { id, workspaceId, domain, role, address, addedBy, tokenHash, days: verificationDays };
    await insertEmailDomain(tx, row);
    const [added] = await findEmailDomains(tx, { workspaceId, id });
    if (!added) throw new Error("the domain that was just added is missing");
    const emailed = await emailVerification(tx, ctx, { domain, role, address, link });
    const result = { ...presentEmailDomain(added), emailed };
    return { result, targetId: id, targetName: domain, details: { role, address } };
  });
  if (sent.emailed) signalEmails();
  return sent;
}

function addressAt(domain: string, localPart: string): string {
  if (isPublicEmailDomain(domain)) {
    throw validationFailed([
      {
        path: "domain",
        message: `is a public email provider: anyone can get an address at ${domain}. Invite people one by one instead`,
      },
    ]);
  }
  if (!emailAddress.safeParse(`postmaster@${domain}`).success) {
    throw validationFailed([{ path: "domain", message: "must be a domain, like example.com" }]);
  }
  const address = emailAddress.safeParse(`${localPart}@${domain}`);
  // An address that was typed in full would name its own domain.
  if (!address.success || localPart.includes("@")) {
    throw validationFailed([
      {
        path: "localPart",
        message: `must be the part before the @ of an address at ${domain}, like postmaster`,
      },
    ]);
  }
  return address.data;
}

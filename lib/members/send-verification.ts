import { findEmailDomains, renewVerification } from "@/db/queries/email-domains";
import type { SentVerificationOutput } from "../contract/email-domains";
import { verificationDays } from "../core/email-domains";
import { AppError, notFound } from "../core/errors";
import { fromPublicId } from "../core/ids";
import { signalEmails } from "../platform/signals";
import type { Context } from "../verbs/context";
import { withAudit } from "../verbs/with-audit";
import { emailVerification } from "./email-verification";
import { presentEmailDomain } from "./list-email-domains";
import { newVerificationLink } from "./verification-link";

/**
 * Emails a new link to verify a domain, even if the previous one has expired. The previous link becomes invalid.
 *
 * @throws AppError `conflict` if the domain is verified; `rate_limited`
 */
export async function sendVerification({
  ctx,
  id,
}: {
  ctx: Context;
  id: string;
}): Promise<SentVerificationOutput> {
  const asked = { ctx, scope: "members:write", action: "domain.resend" } as const;
  const sent = await withAudit(asked, async (tx) => {
    const workspaceId = ctx.workspace.id;
    const uuid = fromPublicId("domain", id);
    const { link, tokenHash } = newVerificationLink();
    const renewed =
      uuid !== null &&
      (await renewVerification(tx, { workspaceId, id: uuid, tokenHash, days: verificationDays }));
    const [found] = uuid ? await findEmailDomains(tx, { workspaceId, id: uuid }) : [];
    if (!found) throw notFound("domain");
    const { domain, role, address } = found;
    if (!renewed) throw new AppError("conflict", `${domain} is already verified.`);
    const emailed = await emailVerification(tx, ctx, { domain, role, address, link });
    const result = { ...presentEmailDomain(found), emailed };
    return { result, targetId: found.id, targetName: domain, details: { address } };
  });
  if (sent.emailed) signalEmails();
  return sent;
}

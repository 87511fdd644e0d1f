import { findEmailDomainByToken, verifyEmailDomain as verifyRow } from "@/db/queries/email-domains";
import { type VerifiedEmailDomainOutput, verifyEmailDomainInput } from "../contract/email-domains";
import { AppError } from "../core/errors";
import { type Input, parseInput } from "../core/parse-input";
import { systemActor } from "../verbs/context";
import { writeAudit } from "../verbs/write-audit";
import { findVerification, verificationRefusals } from "./find-verification";
import { hashVerification } from "./verification-link";
import type { VisitorContext } from "./visitor-context";

/**
 * Verifies an email domain: the link's holder can read email there. From then on, people with a confirmed address
 * there may join.
 *
 * @throws AppError `not_found` for an unknown link; `conflict` for one that was used or has expired
 */
export async function verifyEmailDomain({
  ctx,
  input,
}: {
  ctx: VisitorContext;
  input: Input<typeof verifyEmailDomainInput>;
}): Promise<VerifiedEmailDomainOutput> {
  const { token } = parseInput(verifyEmailDomainInput, input);
  const seen = await findVerification(token);
  if (seen.state === "unknown") throw new AppError("not_found", verificationRefusals.unknown);
  if (seen.state !== "open") throw new AppError("conflict", verificationRefusals[seen.state]);
  const { user, origin } = ctx;
  return ctx.db.transaction(async (tx) => {
    const tokenHash = hashVerification(token);
    const isFirst = await verifyRow(tx, tokenHash);
    const found = await findEmailDomainByToken(tx, tokenHash);
    if (!isFirst || !found) throw new AppError("conflict", verificationRefusals.verified);
    const { id, domain, role, address, workspace } = found;
    // The person who opened the link may have no account: only the address is known.
    const actor = user ? ({ type: "user", id: user.id, name: user.name } as const) : systemActor;
    await writeAudit(tx, { workspaceId: workspace.id, actor, origin }, "domain.verify", {
      targetId: id,
      targetName: domain,
      details: { role, address },
    });
    return { domain, workspace: workspace.name };
  });
}

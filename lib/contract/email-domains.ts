import { z } from "zod";
import { joiningRoles, normalizeDomain } from "../core/email-domains";
import { text } from "../core/text";
import { linkToken } from "./users";

const role = z
  .enum(joiningRoles, `must be one of ${joiningRoles.join(", ")}`)
  .meta({ description: "The role of those who join. Nobody becomes an owner by themselves." });

const domain = text({ trim: true, min: 1, max: 253 })
  .transform((typed, ctx) => {
    const normalized = normalizeDomain(typed);
    if (normalized !== null) return normalized;
    ctx.issues.push({ code: "custom", input: typed, message: "must be a domain, like example.com" });
    return z.NEVER;
  })
  .meta({
    description: "Without its subdomains, which are domains of their own.",
    examples: ["example.com"],
  });

const localPart = text({ trim: true, min: 1, max: 64 }).meta({
  description: "What is before the @ of the address at the domain to which the link to verify it is sent.",
  examples: ["postmaster"],
});

export const emailDomainOutput = z
  .object({
    id: z.string(),
    domain: z.string().meta({ description: "In lower case and in ASCII, like `xn--bcher-kva.example`." }),
    role,
    address: z.string().meta({ description: "Where the link to verify the domain was sent." }),
    addedBy: z.string().nullable(),
    verifiedAt: z.iso
      .datetime()
      .nullable()
      .meta({ description: "Since when people at the domain may join; `null` until it is verified." }),
    expiresAt: z.iso.datetime().meta({ description: "Until when the link can be used." }),
    expired: z.boolean().meta({ description: "Whether the link ran out before the domain was verified." }),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: "EmailDomain" });
export type EmailDomainOutput = z.infer<typeof emailDomainOutput>;

export const emailDomainsOutput = z.object({
  data: z.array(emailDomainOutput),
  sendsEmails: z
    .boolean()
    .meta({ description: "Whether this Posthorn sends emails, without which no domain can be verified." }),
});

export const createEmailDomainInput = z
  .strictObject({ domain, localPart, role })
  .meta({ id: "CreateEmailDomain" });
export type CreateEmailDomainInput = z.input<typeof createEmailDomainInput>;

export const updateEmailDomainInput = z.strictObject({ role }).meta({ id: "UpdateEmailDomain" });

export const sentVerificationOutput = emailDomainOutput
  .extend({
    emailed: z.boolean().meta({
      description: "Whether an email with the link is on its way. It is, if this Posthorn sends emails.",
    }),
  })
  .meta({ id: "SentVerification" });
export type SentVerificationOutput = z.infer<typeof sentVerificationOutput>;

export const verifyEmailDomainInput = z.strictObject({ token: linkToken });
export const verifiedEmailDomainOutput = z.object({ domain: z.string(), workspace: z.string() });
export type VerifiedEmailDomainOutput = z.infer<typeof verifiedEmailDomainOutput>;

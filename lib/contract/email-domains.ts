import { z } from "zod";
import { joiningRoles, normalizeDomain } from "../core/email-domains";
import { text } from "../core/text";
import { linkToken } from "./users";

const role = z
  .enum(joiningRoles, `must be one of ${joiningRoles.join(", ")}`)
  .meta({ description: "The role of people who join. Nobody can join as an owner." });

const domain = text({ trim: true, min: 1, max: 253 })
  .transform((typed, ctx) => {
    const normalized = normalizeDomain(typed);
    if (normalized !== null) return normalized;
    ctx.issues.push({ code: "custom", input: typed, message: "must be a domain, like example.com" });
    return z.NEVER;
  })
  .meta({
    description: "Subdomains are not included; add each as a domain of its own.",
    examples: ["example.com"],
  });

const localPart = text({ trim: true, min: 1, max: 64 }).meta({
  description: "The part before the @ of the address at this domain that gets the verification link.",
  examples: ["postmaster"],
});

export const emailDomainOutput = z
  .object({
    id: z.string(),
    domain: z.string().meta({ description: "In lower case and in ASCII, like `xn--bcher-kva.example`." }),
    role,
    address: z.string().meta({ description: "The address that the verification link was sent to." }),
    addedBy: z.string().nullable(),
    verifiedAt: z.iso
      .datetime()
      .nullable()
      .meta({ description: "Since when people at this domain can join; `null` until it is verified." }),
    expiresAt: z.iso.datetime().meta({ description: "When the link expires." }),
    expired: z.boolean().meta({ description: "Whether the link expired before the domain was verified." }),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: "EmailDomain" });
export type EmailDomainOutput = z.infer<typeof emailDomainOutput>;

export const emailDomainsOutput = z.object({
  data: z.array(emailDomainOutput),
  sendsEmails: z
    .boolean()
    .meta({ description: "Whether this Posthorn sends emails. If it does not, domains cannot be verified." }),
});

export const createEmailDomainInput = z
  .strictObject({ domain, localPart, role })
  .meta({ id: "CreateEmailDomain" });
export type CreateEmailDomainInput = z.input<typeof createEmailDomainInput>;

export const updateEmailDomainInput = z.strictObject({ role }).meta({ id: "UpdateEmailDomain" });

export const sentVerificationOutput = emailDomainOutput
  .extend({
    emailed: z.boolean().meta({
      description: "Whether the link is being sent by email, which needs `SMTP_URL` to be set.",
    }),
  })
  .meta({ id: "SentVerification" });
export type SentVerificationOutput = z.infer<typeof sentVerificationOutput>;

export const verifyEmailDomainInput = z.strictObject({ token: linkToken });
export const verifiedEmailDomainOutput = z.object({ domain: z.string(), workspace: z.string() });
export type VerifiedEmailDomainOutput = z.infer<typeof verifiedEmailDomainOutput>;

import { emailDomainOperations } from "@/lib/contract/operations/members";
import { emailDomainApi } from "@/lib/http/invitation-api";
import { verifyEmailDomain } from "@/lib/members/verify-email-domain";

export const POST = emailDomainApi.route(emailDomainOperations.verifyEmailDomain, verifyEmailDomain);

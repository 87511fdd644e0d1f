import { operations } from "@/lib/contract/operations";
import { route } from "@/lib/http/api-v1";
import { createEmailDomain } from "@/lib/members/create-email-domain";
import { listEmailDomains } from "@/lib/members/list-email-domains";

export const GET = route(operations.listEmailDomains, listEmailDomains);
export const POST = route(operations.createEmailDomain, createEmailDomain);

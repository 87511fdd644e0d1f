import { database } from "@/db/connection/database";
import { sessionUser } from "../auth/session-user";
import {
  emailDomainBasePath,
  emailDomainOperations,
  invitationBasePath,
  invitationOperations,
} from "../contract/operations/members";
import { AppError } from "../core/errors";
import type { VisitorContext } from "../members/visitor-context";
import { cookiesOf } from "./cookies-of";
import { type Asking, defineApi } from "./define-api";
import { originOf } from "./origin-of";
import { isCrossOrigin } from "./own-origin";
import { problemAnswer } from "./problem";

/** For a person with an invitation's link, signed in or not; for Posthorn's own page. */
export const invitationApi = defineApi({
  basePath: invitationBasePath,
  operations: invitationOperations,
  authenticate: visitorOf,
  errors: problemAnswer,
});

/** The same for a person with the link that verifies an email domain. */
export const emailDomainApi = defineApi({
  basePath: emailDomainBasePath,
  operations: emailDomainOperations,
  authenticate: visitorOf,
  errors: problemAnswer,
});

async function visitorOf(request: Asking): Promise<VisitorContext> {
  if (isCrossOrigin(request)) {
    throw new AppError("forbidden", "Only Posthorn's own pages can call this.");
  }
  const cookies = cookiesOf(request);
  const user = await sessionUser((name) => cookies.get(name));
  return { db: database().db, user, origin: originOf(request) };
}

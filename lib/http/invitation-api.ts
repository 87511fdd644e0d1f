import { database } from "@/db/connection/database";
import { sessionUser } from "../auth/session-user";
import { invitationBasePath, invitationOperations } from "../contract/operations/members";
import { AppError } from "../core/errors";
import type { VisitorContext } from "../members/accept-invitation";
import { cookiesOf } from "./cookies-of";
import { defineApi } from "./define-api";
import { originOf } from "./origin-of";
import { isCrossOrigin } from "./own-origin";
import { problemAnswer } from "./problem";

/** For whoever has an invitation's link, signed in or not; for Posthorn's own page. */
export const invitationApi = defineApi({
  basePath: invitationBasePath,
  operations: invitationOperations,
  authenticate: async (request): Promise<VisitorContext> => {
    if (isCrossOrigin(request)) {
      throw new AppError("forbidden", "Only Posthorn's own pages may ask for this.");
    }
    const cookies = cookiesOf(request);
    const user = await sessionUser((name) => cookies.get(name));
    return { db: database().db, user, origin: originOf(request) };
  },
  errors: problemAnswer,
});

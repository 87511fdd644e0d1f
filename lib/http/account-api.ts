import { database } from "@/db/connection/database";
import type { PersonContext, VisitorContext } from "../account/context";
import { noteSession } from "../auth/note-session";
import { sessionUser } from "../auth/session-user";
import { accountBasePath, accountOperations, visitorOperations } from "../contract/operations/account";
import { AppError } from "../core/errors";
import type { ApiRequest } from "./api-request";
import { networkHeader } from "./client-network";
import { cookiesOf } from "./cookies-of";
import { defineApi } from "./define-api";
import { isCrossOrigin, isSameOrigin } from "./own-origin";
import { problemAnswer } from "./problem";

/** The account of the signed-in user, for the dashboard: a user may have no workspace. */
export const accountApi = defineApi({
  basePath: accountBasePath,
  operations: accountOperations,
  authenticate: async (request): Promise<PersonContext> => {
    const cookies = cookiesOf(request);
    const user = await sessionUser((name) => cookies.get(name));
    if (!user) throw new AppError("unauthenticated", "Your session has ended. Sign in again.");
    if (!isSameOrigin(request)) throw refusedOrigin();
    const { network, userAgent } = sourceOf(request);
    noteSession(user.sessionId, network);
    return { db: database().db, user, source: { network, userAgent } };
  },
  errors: problemAnswer,
});

/** What the pages before sign-in request. */
export const visitorApi = defineApi({
  basePath: accountBasePath,
  operations: visitorOperations,
  authenticate: async (request): Promise<VisitorContext> => {
    if (isCrossOrigin(request)) throw refusedOrigin();
    return { db: database().db, source: sourceOf(request) };
  },
  errors: problemAnswer,
});

function sourceOf({ headers }: ApiRequest) {
  return { network: headers.get(networkHeader) ?? "unknown", userAgent: headers.get("user-agent") };
}

function refusedOrigin(): AppError {
  return new AppError("forbidden", "Only Posthorn's own pages can call this.");
}

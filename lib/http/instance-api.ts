import { database } from "@/db/connection/database";
import { sessionUser } from "../auth/session-user";
import { instanceBasePath, operatorOperations, personOperations } from "../contract/operations/instance";
import { AppError } from "../core/errors";
import { type PersonContext, requireOperator } from "../instance/context";
import { cookiesOf } from "./cookies-of";
import { type Asking, defineApi } from "./define-api";
import { originOf } from "./origin-of";
import { isSameOrigin } from "./own-origin";
import { problemAnswer } from "./problem";

/** What every signed-in user requests outside of a workspace; for the dashboard. */
export const personApi = defineApi({
  basePath: instanceBasePath,
  operations: personOperations,
  authenticate: personOf,
  errors: problemAnswer,
});

/** What operators see and change of the instance; for the dashboard. */
export const operatorApi = defineApi({
  basePath: instanceBasePath,
  operations: operatorOperations,
  authenticate: async (request) => {
    const ctx = await personOf(request);
    await requireOperator(ctx);
    return ctx;
  },
  errors: problemAnswer,
});

async function personOf(request: Asking): Promise<PersonContext> {
  const cookies = cookiesOf(request);
  const user = await sessionUser((name) => cookies.get(name));
  if (!user) throw new AppError("unauthenticated", "Your session has ended. Sign in again.");
  if (!isSameOrigin(request)) {
    throw new AppError("forbidden", "Only Posthorn's own pages can call this.");
  }
  return { db: database().db, user, origin: originOf(request) };
}

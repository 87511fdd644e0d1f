import { endAccountLinks } from "@/db/queries/account-links";
import type { PersonContext } from "./context";

/** Invalidates the link to a new address. */
export async function cancelEmailChange({ ctx }: { ctx: PersonContext }): Promise<void> {
  await endAccountLinks(ctx.db, { userId: ctx.user.id, kind: "email" });
}

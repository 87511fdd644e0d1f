import { findUser, type UserRow } from "@/db/queries/users";
import { notFound } from "../core/errors";
import type { PersonContext } from "./context";

/** The signed-in user's row. */
export async function ownRow({ db, user }: PersonContext): Promise<UserRow> {
  const row = await findUser(db, user.id);
  if (!row) throw notFound("account");
  return row;
}

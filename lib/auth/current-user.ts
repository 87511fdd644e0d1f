import { cookies } from "next/headers";
import { cache } from "react";
import { type SessionUser, sessionUser } from "./session-user";

/** The signed-in user of a page's request, or `null`; looked up once per request. */
export const currentUser = cache(async (): Promise<SessionUser | null> => {
  const jar = await cookies();
  return sessionUser((name) => jar.get(name)?.value);
});

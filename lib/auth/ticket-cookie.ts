import { settings } from "../platform/env";
import { ticketMinutes } from "./second-factor-ticket";

/** Contains the ticket between the first and the second factor. */
export const ticketCookieName = "posthorn-second-factor";

/** The value of a `Set-Cookie` header; `null` deletes the cookie. */
export function ticketCookie(ticket: string | null): string {
  const secure = settings().appUrl.startsWith("https:") ? "; Secure" : "";
  const maxAge = ticket ? ticketMinutes * 60 : 0;
  return `${ticketCookieName}=${ticket ?? ""}; Path=/; Max-Age=${maxAge}; HttpOnly; SameSite=Lax${secure}`;
}

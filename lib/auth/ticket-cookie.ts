import { settings } from "../platform/env";
import { ticketMinutes } from "./second-factor-ticket";

/** Holds the ticket of somebody who has to show the second factor. */
export const ticketCookieName = "posthorn-second-factor";

/** The value of a `Set-Cookie` header; with `null` it takes the cookie away. */
export function ticketCookie(ticket: string | null): string {
  const secure = settings().appUrl.startsWith("https:") ? "; Secure" : "";
  const maxAge = ticket ? ticketMinutes * 60 : 0;
  return `${ticketCookieName}=${ticket ?? ""}; Path=/; Max-Age=${maxAge}; HttpOnly; SameSite=Lax${secure}`;
}

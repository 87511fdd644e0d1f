import { AppError } from "../core/errors";
import { settings } from "../platform/env";

/** @throws AppError `conflict` if this Posthorn sends no emails */
export function requireEmails(): void {
  if (settings().smtp) return;
  throw new AppError("conflict", "This Posthorn cannot send emails. Ask its operator to set SMTP_URL.");
}

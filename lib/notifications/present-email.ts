import type { EmailRow } from "@/db/queries/emails";
import type { EmailOutput } from "../contract/emails";
import { toPublicId } from "../core/ids";

/** A row in the API's form, without its text. */
export function presentEmail(row: EmailRow): EmailOutput {
  const waits = row.status === "queued" && row.lastError !== null;
  return {
    id: toPublicId("email", row.id),
    endpointId: row.endpointId && toPublicId("endpoint", row.endpointId),
    recipient: row.recipient,
    subject: row.subject,
    status: row.status,
    tries: row.attempts,
    lastError: row.lastError,
    nextTryAt: waits ? row.nextTryAt.toISOString() : null,
    createdAt: row.createdAt.toISOString(),
    sentAt: row.sentAt?.toISOString() ?? null,
  };
}

import type { Transaction } from "@/db/connection/client";
import { database } from "@/db/connection/database";
import { findOwnerAddresses, insertEmails, isEmailWritten } from "@/db/queries/emails";
import {
  findStreakBefore,
  lockTransitionsToNotify,
  markNotified,
  type TransitionRow,
} from "@/db/queries/endpoint-transitions";
import { findEndpoint } from "@/db/queries/endpoints";
import { findFailureGroups } from "@/db/queries/failure-groups";
import { findWorkspace } from "@/db/queries/workspaces";
import { newId } from "../core/ids";
import { readEndpointFigures } from "../endpoints/read-endpoint-figures";
import { settings } from "../platform/env";
import { composeMessage } from "./compose-message";
import { type Message, renderMessage } from "./render-message";

const transitionsPerTransaction = 50;

/**
 * Writes the emails to owners about changes of webhooks: one per owner and transition, however many processes do so
 * at once, and even if one of them dies.
 */
export async function writeEmails(): Promise<void> {
  const { db } = database();
  let looked = transitionsPerTransaction;
  while (looked === transitionsPerTransaction) {
    looked = await db.transaction(async (tx) => {
      const transitions = await lockTransitionsToNotify(tx, transitionsPerTransaction);
      for (const transition of transitions) await writeEmailsOf(tx, transition);
      await markNotified(
        tx,
        transitions.map(({ id }) => id),
      );
      return transitions.length;
    });
  }
}

async function writeEmailsOf(tx: Transaction, transition: TransitionRow): Promise<void> {
  const { workspaceId, endpointId } = transition;
  if (transition.kind === "recovered" && !(await wasStreakNotified(tx, transition))) return;
  const endpoint = await findEndpoint(tx, { workspaceId, id: endpointId });
  const workspace = await findWorkspace(tx, workspaceId);
  // No email about a webhook that was deleted meanwhile.
  if (!endpoint || !workspace) return;
  const now = new Date();
  const figuresOf = await readEndpointFigures(tx, { workspaceId, rows: [endpoint], now });
  const { groups } = await findFailureGroups(database().sql, {
    workspaceId,
    id: null,
    endpointIds: [endpointId],
    types: null,
    httpStatuses: null,
    errors: null,
    from: null,
    to: null,
    order: "largest",
    limit: 1,
    skip: 0,
  });
  const message = composeMessage({
    transition,
    endpoint,
    workspace,
    figures: figuresOf(endpoint),
    largestGroup: groups[0] ?? null,
    now,
  });
  if (!message) return;
  const recipients = await findOwnerAddresses(tx, workspaceId);
  await insertEmails(
    tx,
    recipients.map((recipient) => ({
      ...emailOf(message, { workspaceId, recipient }),
      transitionId: transition.id,
      endpointId,
    })),
  );
}

/** Whether owners were notified of the failures that have now ended. */
async function wasStreakNotified(tx: Transaction, transition: TransitionRow): Promise<boolean> {
  const streak = await findStreakBefore(tx, transition);
  return streak !== null && isEmailWritten(tx, streak.id);
}

/** The row of an email: to be sent, or kept if there is no SMTP server. */
export function emailOf(message: Message, to: { workspaceId: string; recipient: string }) {
  const status = settings().smtp ? ("queued" as const) : ("kept" as const);
  return { id: newId(), ...to, ...renderMessage(message), status };
}

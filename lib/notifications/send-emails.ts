import { setTimeout as sleep } from "node:timers/promises";
import { database } from "@/db/connection/database";
import { claimAccountEmail, dropAccountEmails, recordAccountEmailTry } from "@/db/queries/account-emails";
import { claimEmail, keepQueuedEmails, recordTry, type TryOutcome } from "@/db/queries/emails";
import {
  sendDelaySeconds,
  sendLeaseSeconds,
  sendRunMsMax,
  sendStopMsMax,
  sendTriesMax,
} from "../core/emails";
import { toPublicId } from "../core/ids";
import { type Settings, settings } from "../platform/env";
import { log } from "../platform/log";
import { signalEmails } from "../platform/signals";
import { openAccountEmail } from "./account-email";
import { sendBySmtp } from "./send-by-smtp";
import { writeEmails } from "./write-emails";

type Runs = { running: Set<Promise<unknown>>; stopping: boolean };
const holder = globalThis as { posthornEmailRuns?: Runs };

function runs(): Runs {
  holder.posthornEmailRuns ??= { running: new Set(), stopping: false };
  return holder.posthornEmailRuns;
}

/**
 * Writes the emails that are to be written, then sends the queued ones, one after the other, until nothing is due,
 * the server fails, or 20 s have passed; then it signals for the rest. Without an SMTP server queued emails are kept.
 * Several processes may do so at once: each email is sent by one of them. A crash between the server's acceptance and
 * its record sends an email twice, with the same `Message-ID`.
 *
 * @returns how many were sent, and whether to continue at once
 */
export async function sendEmails({ maxMs = sendRunMsMax } = {}): Promise<{ sent: number; more: boolean }> {
  const { running } = runs();
  const run = sendUntil(Date.now() + maxMs);
  running.add(run);
  const result = await run.finally(() => running.delete(run));
  if (result.more) signalEmails();
  return result;
}

/** Ends this process's runs after the email that each is sending. */
export async function stopEmails(): Promise<void> {
  const current = runs();
  current.stopping = true;
  await Promise.race([Promise.allSettled(current.running), sleep(sendStopMsMax, undefined, { ref: false })]);
  current.stopping = false;
}

/** The two outboxes: emails about webhooks, of workspaces, and emails about accounts, which people are waiting for. */
type Outgoing = {
  email: Parameters<typeof sendBySmtp>[1];
  attempts: number;
  record: (outcome: TryOutcome) => Promise<boolean>;
};

async function claimNext(): Promise<Outgoing | null> {
  const { db } = database();
  const personal = await claimAccountEmail(db, sendLeaseSeconds);
  if (personal) {
    return {
      email: openAccountEmail(personal),
      attempts: personal.attempts,
      record: (outcome) => recordAccountEmailTry(db, personal, outcome),
    };
  }
  const email = await claimEmail(db, sendLeaseSeconds);
  return email && { email, attempts: email.attempts, record: (outcome) => recordTry(db, email, outcome) };
}

async function sendUntil(until: number): Promise<{ sent: number; more: boolean }> {
  await writeEmails();
  const { db } = database();
  const { smtp } = settings();
  let sent = 0;
  if (!smtp) {
    await keepQueuedEmails(db);
    await dropAccountEmails(db);
    return { sent, more: false };
  }
  while (!runs().stopping) {
    if (Date.now() >= until) return { sent, more: true };
    const next = await claimNext();
    if (!next) break;
    const result = await trySending(smtp, next);
    if (result === "sent") sent += 1;
    // The others would run into the same timeouts. The sweep continues with them.
    if (result === "no server") break;
  }
  return { sent, more: false };
}

async function trySending(
  smtp: NonNullable<Settings["smtp"]>,
  { email, attempts, record }: Outgoing,
): Promise<"sent" | "refused" | "no server"> {
  const about = { email: toPublicId("email", email.id), tries: attempts };
  const failure = await sendBySmtp(smtp, email);
  if (!failure) {
    if (await record({ sent: true })) log().info(about, "an email was sent");
    return "sent";
  }
  const givenUp = attempts >= sendTriesMax;
  const retryInSeconds = givenUp ? null : sendDelaySeconds(attempts);
  await record({ sent: false, error: failure.message, retryInSeconds });
  log().warn(
    { ...about, error: failure.message },
    givenUp ? "an email could not be sent; giving up" : "an email could not be sent; trying again later",
  );
  return failure.concernsEmail ? "refused" : "no server";
}

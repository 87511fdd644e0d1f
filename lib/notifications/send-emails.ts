import { setTimeout as sleep } from "node:timers/promises";
import { database } from "@/db/connection/database";
import { claimEmail, type EmailRow, keepQueuedEmails, recordTry } from "@/db/queries/emails";
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
import { sendBySmtp } from "./send-by-smtp";
import { writeEmails } from "./write-emails";

type Runs = { running: Set<Promise<unknown>>; stopping: boolean };
const holder = globalThis as { posthornEmailRuns?: Runs };

function runs(): Runs {
  holder.posthornEmailRuns ??= { running: new Set(), stopping: false };
  return holder.posthornEmailRuns;
}

/**
 * Writes the emails that are to be written, then sends what is queued, one after the other, until nothing is due, the
 * server fails, or 20 s are over; signals for the rest. Without an SMTP server what is queued is kept. Several processes
 * may do so at once: each email is sent by one of them. A crash between the server's acceptance and its record sends an
 * email twice, with the same `Message-ID`.
 *
 * @returns how many were sent, and whether to go on at once
 */
export async function sendEmails({ maxMs = sendRunMsMax } = {}): Promise<{ sent: number; more: boolean }> {
  const { running } = runs();
  const run = sendUntil(Date.now() + maxMs);
  running.add(run);
  const result = await run.finally(() => running.delete(run));
  if (result.more) signalEmails();
  return result;
}

/** Ends the runs of this process after the email that each is sending. */
export async function stopEmails(): Promise<void> {
  const current = runs();
  current.stopping = true;
  await Promise.race([Promise.allSettled(current.running), sleep(sendStopMsMax, undefined, { ref: false })]);
  current.stopping = false;
}

async function sendUntil(until: number): Promise<{ sent: number; more: boolean }> {
  await writeEmails();
  const { db } = database();
  const { smtp } = settings();
  let sent = 0;
  if (!smtp) {
    await keepQueuedEmails(db);
    return { sent, more: false };
  }
  while (!runs().stopping) {
    if (Date.now() >= until) return { sent, more: true };
    const email = await claimEmail(db, sendLeaseSeconds);
    if (!email) break;
    const result = await trySending(smtp, email);
    if (result === "sent") sent += 1;
    // The others would wait for the same timeouts. The sweep goes on with them.
    if (result === "no server") break;
  }
  return { sent, more: false };
}

async function trySending(
  smtp: NonNullable<Settings["smtp"]>,
  email: EmailRow,
): Promise<"sent" | "refused" | "no server"> {
  const { db } = database();
  const about = { email: toPublicId("email", email.id), tries: email.attempts };
  const failure = await sendBySmtp(smtp, email);
  if (!failure) {
    if (await recordTry(db, email, { sent: true })) log().info(about, "an email was sent");
    return "sent";
  }
  const givenUp = email.attempts >= sendTriesMax;
  const retryInSeconds = givenUp ? null : sendDelaySeconds(email.attempts);
  await recordTry(db, email, { sent: false, error: failure.message, retryInSeconds });
  log().warn(
    { ...about, error: failure.message },
    givenUp ? "an email could not be sent; given up" : "an email could not be sent; trying again later",
  );
  return failure.concernsEmail ? "refused" : "no server";
}

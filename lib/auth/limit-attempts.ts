import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { database } from "@/db/connection/database";
import { countAttempt, type Limit, uncountAttempt } from "@/db/queries/sign-in-limits";
import { AppError } from "../core/errors";

export type Attempt = {
  email: string;
  /** The network that the request came from; see `clientNetwork`. */
  network: string;
  /** Whether the browser has signed in to this account before; see `isKnownDevice`. */
  device: string | null;
};

/**
 * Counts an attempt to sign in before the password is checked, and waits if it must. Attempts are slowed down, and no
 * account is ever locked: a stranger uses up the limit of their own network, and a browser that has signed in before
 * has a separate limit. Hand-written, because rate-limiter-flexible only refuses excess attempts and has no waiting
 * turn that processes share.
 *
 * @returns takes the attempt back, if it turned out to be correct
 * @throws AppError `rate_limited` if another attempt is already waiting
 */
export async function limitAttempts(attempt: Attempt): Promise<() => Promise<void>> {
  return waitFor(limitsOf(attempt));
}

/** Like `limitAttempts`, for codes of the second factor, which are only tried after the first factor. */
export async function limitSecondFactor({
  userId,
  network,
}: {
  userId: string;
  network: string;
}): Promise<() => Promise<void>> {
  return waitFor([
    { key: keyOf("network", network), burst: 20, gapSeconds: 1 },
    { key: keyOf("second factor", userId), burst: 5, gapSeconds: 20 },
  ]);
}

/** Like `limitAttempts`, for links: they cannot be guessed, but each is looked up. */
export async function limitLinks(network: string): Promise<void> {
  await waitFor([{ key: keyOf("links", network), burst: 30, gapSeconds: 2 }]);
}

/**
 * Limits the emails that can be sent to an address on request, whether it has an account or not. Requests do not
 * wait: excess ones are refused.
 *
 * @param to.network whose emails are counted as well; omitted for people without such a limit
 * @throws AppError `rate_limited`
 */
export async function limitEmails({ email, network }: { email: string; network?: string }): Promise<void> {
  const { db } = database();
  const limits = [
    ...(network ? [{ key: keyOf("emails of network", network), burst: 20, gapSeconds: 30 }] : []),
    { key: keyOf("emails", email), burst: 3, gapSeconds: 300 },
  ];
  const counted: Limit[] = [];
  for (const limit of limits) {
    const wait = await countAttempt(db, limit);
    if (wait !== null) counted.push(limit);
    if (wait === null || wait > 0) {
      await uncountAttempt(db, counted);
      throw new AppError("rate_limited", "Too many emails were requested. Try again in a few minutes.", {
        retryAfterSeconds: limit.gapSeconds,
      });
    }
  }
}

async function waitFor(limits: readonly Limit[]): Promise<() => Promise<void>> {
  const { db } = database();
  let waitSeconds = 0;
  for (const limit of limits) {
    const wait = await countAttempt(db, limit);
    if (wait === null) {
      throw new AppError("rate_limited", `Too many attempts. Try again in ${limit.gapSeconds} seconds.`, {
        retryAfterSeconds: limit.gapSeconds,
      });
    }
    waitSeconds = Math.max(waitSeconds, wait);
  }
  await sleep(waitSeconds * 1_000);
  return () => uncountAttempt(db, limits);
}

/**
 * The network first: attempts that it may not make leave no trace at an account. One network cannot use up the limit
 * of an account, so its owner can sign in from another.
 */
function limitsOf({ email, network, device }: Attempt): Limit[] {
  if (device !== null) return [{ key: keyOf("device", email, device), burst: 5, gapSeconds: 5 }];
  return [
    { key: keyOf("network", network), burst: 20, gapSeconds: 1 },
    { key: keyOf("account and network", email, network), burst: 5, gapSeconds: 10 },
    { key: keyOf("account", email), burst: 20, gapSeconds: 2 },
  ];
}

/** Of fixed length, whatever was typed as an email address, and without personal data. */
function keyOf(...parts: string[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("base64url");
}

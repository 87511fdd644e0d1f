import { randomBytes, scryptSync } from "node:crypto";
import { v7 } from "uuid";
import { isCommonPassword } from "../../lib/auth/common-passwords.mjs";
import { formatHash, hashRequest, passwordCost, passwordLength } from "../../lib/core/password-format.mjs";
import { StartError } from "../embedded-postgres/start-error.mjs";
import { say } from "../launcher/progress.mjs";
import { askSecret } from "./ask-secret.mjs";
import { recordAudit } from "./record-audit.mjs";
import { withDatabase } from "./with-database.mjs";

/**
 * Sets a new password for an account, and ends its sessions and the links that were sent to it.
 * @param {import("../launcher/settings.mjs").LaunchSettings} settings
 * @param {object} asked
 * @param {string | undefined} asked.email may be left out if there is one account only
 * @param {boolean} asked.withoutSecondFactor turns two-factor authentication off, too
 */
export async function resetPassword(settings, { email, withoutSecondFactor }) {
  await withDatabase(settings, async (sql) => {
    const wanted = email?.trim().toLowerCase();
    /** @type {{ email: string }[]} */
    const users = await sql`
      select email from users order by email = ${wanted ?? null} desc nulls last, email limit 100`;
    const account = chooseAccount(
      users.map((user) => user.email),
      wanted,
    );
    const given = await askSecret(`New password for ${account} (leave it empty to have one made): `);
    const password = given || randomBytes(15).toString("base64url");
    const { min, max } = passwordLength;
    if (password.length < min || password.length > max) {
      throw new StartError(`The password must have ${min} to ${max} characters. Nothing was changed.`);
    }
    if (isCommonPassword(password)) {
      throw new StartError("This is one of the most common passwords. Nothing was changed.");
    }
    const ended = await sql.begin(async (tx) => {
      const [user] = await tx`
        update users set password_hash = ${hash(password)} where email = ${account} returning id, name`;
      const sessions = await tx`
        update sessions set revoked_at = now()
        where user_id = ${user?.id} and revoked_at is null and expires_at > now() returning id`;
      await tx`
        update account_links set expires_at = now()
        where user_id = ${user?.id} and used_at is null and expires_at > now()`;
      await record(tx, { userId: user?.id, action: "password.change" });
      const secondFactor = withoutSecondFactor && (await turnOff(tx, user?.id));
      await recordAudit(tx, "reset-password", "user.reset_password", {
        targetId: user?.id,
        targetName: user?.name,
        details: { sessions: sessions.length, secondFactor: secondFactor ? "turned off" : "kept" },
      });
      return { sessions: sessions.length, secondFactor };
    });
    say(`The password of ${account} has been changed. Ended sessions: ${ended.sessions}.`);
    if (withoutSecondFactor) {
      say(`Two-factor authentication ${ended.secondFactor ? "has been turned off" : "was already off"}.`);
    }
    if (!given) say(`The new password is: ${password}`);
  });
}

/**
 * Turns the second factor of a user off. Returns whether it was on.
 * @param {import("postgres").TransactionSql} tx
 * @param {string} userId
 */
async function turnOff(tx, userId) {
  const { count } = await tx`
    update users set totp_secret = null, totp_enabled_at = null, totp_last_step = null
    where id = ${userId} and totp_enabled_at is not null`;
  if (count === 0) return false;
  await tx`delete from recovery_codes where user_id = ${userId}`;
  await record(tx, { userId, action: "second_factor.disable" });
  return true;
}

/**
 * Records what happened to an account, as the app does, for its owner to see.
 * @param {import("postgres").TransactionSql} tx
 * @param {{ userId: string, action: import("../../lib/core/account").AccountAction }} activity
 */
async function record(tx, { userId, action }) {
  await tx`
    insert into user_activity (id, user_id, action, details)
    values (${v7()}, ${userId}, ${action}, ${tx.json({ by: "reset-password" })})`;
}

/**
 * @param {string[]} emails
 * @param {string | undefined} wanted
 */
function chooseAccount(emails, wanted) {
  const [only] = emails;
  if (!only) throw new StartError("There are no accounts yet. Start Posthorn and open its setup page.");
  if (wanted === undefined && emails.length === 1) return only;
  if (wanted !== undefined && emails.includes(wanted)) return wanted;
  const what =
    wanted === undefined ? "Enter the email address of an account" : `There is no account ${wanted}`;
  throw new StartError(`${what}. The accounts are: ${emails.join(", ")}.`);
}

/** @param {string} password */
function hash(password) {
  const salt = randomBytes(16);
  const { password: text, length, options } = hashRequest(password, salt, passwordCost);
  return formatHash(salt, scryptSync(text, salt, length, options));
}

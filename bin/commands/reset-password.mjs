import { randomBytes, scryptSync } from "node:crypto";
import { isCommonPassword } from "../../lib/auth/common-passwords.mjs";
import { formatHash, hashRequest, passwordCost, passwordLength } from "../../lib/core/password-format.mjs";
import { StartError } from "../embedded-postgres/start-error.mjs";
import { say } from "../launcher/progress.mjs";
import { askSecret } from "./ask-secret.mjs";
import { withDatabase } from "./with-database.mjs";

/**
 * Sets a new password for an account, and ends its sessions and the links that were sent to it.
 * @param {import("../launcher/settings.mjs").LaunchSettings} settings
 * @param {string | undefined} email may be left out if there is one account only
 */
export async function resetPassword(settings, email) {
  await withDatabase(settings, async (sql) => {
    /** @type {{ email: string }[]} */
    const users = await sql`select email from users order by email limit 100`;
    const account = chooseAccount(
      users.map((user) => user.email),
      email?.trim().toLowerCase(),
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
    const [ended] = await sql`
      with changed as (
        update users set password_hash = ${hash(password)} where email = ${account} returning id
      ), ended as (
        update sessions s set revoked_at = now() from changed c
        where s.user_id = c.id and s.revoked_at is null and s.expires_at > now() returning s.id
      ), ended_links as (
        update account_links l set expires_at = now() from changed c
        where l.user_id = c.id and l.used_at is null and l.expires_at > now()
      )
      select count(*)::int as sessions from ended`;
    say(`The password of ${account} is changed. Sessions that were ended: ${ended?.sessions}.`);
    if (!given) say(`The new password is: ${password}`);
  });
}

/**
 * @param {string[]} emails
 * @param {string | undefined} wanted
 */
function chooseAccount(emails, wanted) {
  const [only] = emails;
  if (!only) throw new StartError("Nobody has an account yet. Start Posthorn, and open its setup page.");
  if (wanted === undefined && emails.length === 1) return only;
  if (wanted !== undefined && emails.includes(wanted)) return wanted;
  const what = wanted === undefined ? "Say whose password" : `There is no account ${wanted}`;
  throw new StartError(`${what}. The accounts are: ${emails.join(", ")}.`);
}

/** @param {string} password */
function hash(password) {
  const salt = randomBytes(16);
  const { password: text, length, options } = hashRequest(password, salt, passwordCost);
  return formatHash(salt, scryptSync(text, salt, length, options));
}

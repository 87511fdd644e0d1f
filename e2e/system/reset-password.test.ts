import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { openDataFolder } from "@/bin/embedded-postgres/data-folder.mjs";
import { startEmbeddedPostgres } from "@/bin/embedded-postgres/embedded-postgres.mjs";
import { openPosthornDatabase } from "../support/open-posthorn-database";
import { signInByFetch } from "../support/sign-in-by-fetch";
import { dataDirForTest, startForTest } from "./start-for-test";

const program = fileURLToPath(new URL("../../bin/posthorn.mjs", import.meta.url));
const email = "ana@example.com";
const bootstrap = { POSTHORN_BOOTSTRAP_EMAIL: email, POSTHORN_BOOTSTRAP_PASSWORD: "the first password" };

/** Runs the command as who has the machine does, with what is typed into it. */
async function reset(env: Record<string, string>, { args = [email], typed = "" } = {}) {
  const run = promisify(execFile)(process.execPath, [program, "reset-password", ...args], {
    env: { ...process.env, DATABASE_URL: "", ...env },
  });
  run.child.stdin?.end(typed);
  return run.catch((error: { code: number; stdout: string; stderr: string }) => error);
}

const signIn = (url: string, password: string) => signInByFetch(url, { email, password });

async function listEvents(url: string, cookie: string | null): Promise<number> {
  const headers = { cookie: cookie ?? "", "x-workspace": "main" };
  return (await fetch(`${url}/api/v1/events`, { headers })).status;
}

test("who has the machine sets a new password, while Posthorn runs and while it is stopped, and ends sessions", async () => {
  const dataDir = dataDirForTest();
  const env = { POSTHORN_DATA_DIR: dataDir };
  const running = await startForTest({ dataDir, env: bootstrap });
  const cookie = await signIn(running.url, "the first password");
  expect(await listEvents(running.url, cookie)).toBe(200);

  const whileRunning = await reset(env, { typed: "the second password\n" });
  expect(whileRunning.stdout).toBe(`The password of ${email} has been changed. Ended sessions: 1.\n`);
  expect(await listEvents(running.url, cookie)).toBe(401);
  expect(await signIn(running.url, "the first password")).toBeNull();
  expect(await signIn(running.url, "the second password")).not.toBeNull();
  await running.stop();

  const whileStopped = await reset(env, { args: [] });
  const [, made = ""] = /^The new password is: (\S{20})$/m.exec(whileStopped.stdout) ?? [];
  const again = await startForTest({ dataDir });
  expect(await signIn(again.url, "the second password")).toBeNull();
  expect(await signIn(again.url, made)).not.toBeNull();
});

test("with DATABASE_URL it is the account of that database; what is wrong is said, and changes nothing", async () => {
  const dataDir = dataDirForTest();
  const posthorn = await startForTest({ dataDir, env: bootstrap });
  const database = openPosthornDatabase(dataDir);
  const { url } = await startEmbeddedPostgres(openDataFolder(dataDir));
  const readHash = () => database.sql`select password_hash from users`;
  try {
    const before = await readHash();
    const unknown = await reset({ DATABASE_URL: url }, { args: ["ben@example.com"] });
    expect(unknown).toMatchObject({ code: 1 });
    expect(unknown.stderr).toBe(
      `posthorn: There is no account ben@example.com. The accounts are: ${email}.\n`,
    );
    const short = await reset({ DATABASE_URL: url }, { typed: "short\n" });
    expect(short.stderr).toContain("must have 12 to 256 characters. Nothing was changed.");
    const common = await reset({ DATABASE_URL: url }, { typed: "Password1234\n" });
    expect(common.stderr).toContain("one of the most common passwords. Nothing was changed.");
    const nowhere = await reset({ POSTHORN_DATA_DIR: `${dataDir}-none` });
    expect(nowhere.stderr).toContain(`There is no database in ${dataDir}-none.`);
    expect(await readHash()).toEqual(before);

    expect((await reset({ DATABASE_URL: url }, { typed: "the second password" })).stderr).toBe("");
    expect(await signIn(posthorn.url, "the second password")).not.toBeNull();
    const off = await reset(
      { DATABASE_URL: url },
      { args: ["--without-second-factor"], typed: "the third password" },
    );
    expect(off.stdout).toContain("Two-factor authentication was already off.\n");
    await database.sql`update users set totp_secret = 'a secret that is lost', totp_enabled_at = now()`;
    expect(await signIn(posthorn.url, "the third password")).toBeNull();

    const lost = await reset(
      { DATABASE_URL: url },
      { args: [email, "--without-second-factor"], typed: "the fourth password" },
    );
    expect(lost.stdout).toContain("Two-factor authentication has been turned off.\n");
    expect(await signIn(posthorn.url, "the fourth password")).not.toBeNull();
    expect(
      await database.sql`
        select action from user_activity where details @> '{"by": "reset-password"}' order by id`,
    ).toEqual(
      ["change", "change", "change"]
        .map((one) => ({ action: `password.${one}` }))
        .concat({ action: "second_factor.disable" }),
    );
    const kept = { sessions: expect.any(Number), secondFactor: "kept" };
    expect(
      await database.sql`
        select actor_type, actor_name, target_name, details from audit_log
        where action = 'user.reset_password' and workspace_id is null order by id`,
    ).toEqual(
      [kept, kept, { ...kept, secondFactor: "turned off" }].map((details) => ({
        actor_type: "system",
        actor_name: "posthorn reset-password",
        target_name: "ana",
        details,
      })),
    );
  } finally {
    await database.close();
  }
});

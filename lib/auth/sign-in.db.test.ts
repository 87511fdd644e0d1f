import { afterAll, beforeAll, expect, test } from "vitest";
import { database } from "@/db/connection/database";
import { applyRetention } from "../maintenance/apply-retention";
import { createTestWorkspace, type TestWorkspace } from "../testing/test-workspace";
import { deviceCookie, knownDevice } from "./known-device";
import { limitAttempts } from "./limit-attempts";
import { signIn } from "./sign-in";

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await createTestWorkspace();
});
afterAll(() => workspace.close());

const email = "ana@example.com";
const right = "a long password";

function attempt(
  password: string,
  { network = "192.0.2.1", device = null as string | null, as = email } = {},
) {
  return signIn({ email: as, password, userAgent: null, network, device });
}

async function attemptAtOnce(attempts: Promise<unknown>[]) {
  const settled = await Promise.allSettled(attempts);
  for (const one of settled) {
    if (one.status === "rejected") expect(one.reason).toMatchObject({ code: "rate_limited" });
  }
  return settled.filter(({ status }) => status === "fulfilled").length;
}

test("sixty wrong passwords at once are not all tried, and the account stays open to its owner", async () => {
  expect(await attemptAtOnce(Array.from({ length: 60 }, () => attempt("a wrong password")))).toBe(6);
  expect(await attempt(right, { network: "192.0.2.2" })).toMatchObject({ email });
  // From the same network a little later.
  await database().sql`update sign_in_limits set free_at = free_at - interval '20 seconds'`;
  expect(await attempt(right)).toMatchObject({ email });
});

test("one network is not tried for sixty accounts at once", async () => {
  const tried = await attemptAtOnce(
    Array.from({ length: 60 }, (_, at) =>
      limitAttempts({ email: `nobody-${at}@example.com`, network: "192.0.2.3", device: null }),
    ),
  );
  expect(tried).toBe(21);
});

test("right passwords are not counted", async () => {
  for (let round = 0; round < 8; round += 1) {
    expect(await attempt(right, { network: "192.0.2.4" })).toMatchObject({ email });
  }
});

test("a browser that has signed in before is not slowed down by what strangers try from anywhere", async () => {
  const device = knownDevice(deviceCookie(email), email);
  expect(device).not.toBeNull();
  await database().sql`update sign_in_limits set free_at = now() + interval '1 hour'`;
  await expect(attempt(right)).rejects.toMatchObject({ code: "rate_limited" });
  expect(await attempt(right, { device })).toMatchObject({ email });
});

test("the daily clean-up leaves nothing of attempts that limit no more", async () => {
  const { sql } = database();
  await sql`update sign_in_limits set free_at = now() - interval '1 second'`;
  await applyRetention();
  expect(await sql`select 1 from sign_in_limits`).toHaveLength(0);
});

test("a device's cookie counts for the account that it was made for, and as it was made", () => {
  const [cookie = ""] = deviceCookie("Ana@Example.com ").split(";");
  expect(knownDevice(`a=b; ${cookie}; c=d`, email)).toMatch(/^[\w-]{16}$/);
  expect(knownDevice(cookie, "ben@example.com")).toBeNull();
  expect(
    knownDevice(
      cookie.replace(/.$/, (last) => (last === "A" ? "B" : "A")),
      email,
    ),
  ).toBeNull();
  expect(knownDevice("", email)).toBeNull();
});

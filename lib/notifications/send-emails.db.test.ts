import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { database } from "@/db/connection/database";
import { claimEmail, insertEmails, isEmailDue, recordTry } from "@/db/queries/emails";
import { sendTriesMax } from "../core/emails";
import { fromPublicId, newId, toPublicId } from "../core/ids";
import { settings } from "../platform/env";
import { startSmtpServer, type TestSmtpServer } from "../testing/smtp-server";
import { createTestWorkspace, type TestWorkspace } from "../testing/test-workspace";
import { sendEmails } from "./send-emails";
import { emailOf, writeEmails } from "./write-emails";

let smtp: TestSmtpServer;
let workspace: TestWorkspace;

beforeAll(async () => {
  smtp = await startSmtpServer();
  workspace = await createTestWorkspace({
    SMTP_URL: smtp.url,
    EMAIL_FROM: "Posthorn <hooks@example.com>",
    POSTHORN_LOG_LEVEL: "silent",
  });
});
afterEach(async () => {
  smtp.emails.length = 0;
  smtp.refuse(null);
  await database().sql`truncate emails, endpoint_transitions`;
});
afterAll(async () => {
  await workspace.close();
  await smtp.close();
});

/** Queues emails as the webhook of this name gets into trouble, one each. */
async function queue(name: string, count = 1): Promise<void> {
  const { id } = await workspace.addEndpoint({ name });
  const workspaceId = workspace.ctx.workspace.id;
  const endpointId = fromPublicId("endpoint", id) ?? "";
  for (let n = 0; n < count; n++) {
    await database().sql`
      insert into endpoint_transitions (id, workspace_id, endpoint_id, kind, consecutive_failures, http_status)
      values (${newId()}, ${workspaceId}, ${endpointId}, 'failing', 5, 500)`;
  }
  await writeEmails();
  await database().sql`delete from endpoints where id = ${endpointId}`;
}

async function state() {
  return database().sql<{ status: string; attempts: number; error: string | null; waitSeconds: number }[]>`
    select status, attempts, last_error as error,
      extract(epoch from next_try_at - now())::float8 as "waitSeconds" from emails order by id`;
}

const areEmailsDue = () => isEmailDue(database().db);
const passTime = () => database().sql`update emails set next_try_at = now() - interval '1 second'`;

test("an email reaches its recipient through SMTP with user and password, once, and is noted as sent", async () => {
  await queue("Billing");
  expect(await areEmailsDue()).toBe(true);
  expect(await sendEmails()).toEqual({ sent: 1, more: false });
  expect(await sendEmails()).toEqual({ sent: 0, more: false });
  const [row] = await database().sql<{ id: string }[]>`select id from emails`;
  expect(smtp.emails).toHaveLength(1);
  const [email] = smtp.emails;
  expect(email).toMatchObject({ from: "hooks@example.com", recipients: ["ana@example.com"] });
  expect(Object.fromEntries(email?.headers ?? [])).toMatchObject({
    from: "Posthorn <hooks@example.com>",
    to: "ana@example.com",
    "message-id": `<${toPublicId("email", row?.id ?? "")}@example.com>`,
    "auto-submitted": "auto-generated",
    "content-type": expect.stringMatching(/^multipart\/alternative/),
  });
  expect(await state()).toMatchObject([{ status: "sent", attempts: 1, error: null }]);
  expect(await areEmailsDue()).toBe(false);
});

test("several processes that send at once send each email once", async () => {
  await queue("Billing", 40);
  const runs = await Promise.all(Array.from({ length: 6 }, () => sendEmails()));
  expect(runs.reduce((sum, { sent }) => sum + sent, 0)).toBe(40);
  expect(smtp.emails).toHaveLength(40);
  expect(new Set(smtp.emails.map(({ headers }) => headers.get("message-id"))).size).toBe(40);
});

test("what a server refuses is tried again later, ever more rarely, and sent once when it takes it", async () => {
  await queue("Billing");
  smtp.refuse(451);
  expect(await sendEmails()).toEqual({ sent: 0, more: false });
  const [refused] = await state();
  expect(refused).toMatchObject({
    status: "queued",
    attempts: 1,
    error: expect.stringMatching(/451 not now/),
  });
  expect(refused?.waitSeconds).toBeGreaterThan(30);
  expect(refused?.waitSeconds).toBeLessThanOrEqual(60);
  expect(await areEmailsDue()).toBe(false);
  expect(await sendEmails()).toEqual({ sent: 0, more: false });
  expect((await state())[0]?.attempts).toBe(1);

  await passTime();
  await sendEmails();
  expect((await state())[0]?.waitSeconds).toBeGreaterThan(60);

  smtp.refuse(null);
  await passTime();
  expect(await areEmailsDue()).toBe(true);
  expect(await sendEmails()).toEqual({ sent: 1, more: false });
  await passTime();
  await sendEmails();
  expect(smtp.emails).toHaveLength(1);
  expect(await state()).toMatchObject([{ status: "sent", attempts: 3, error: null }]);
});

test("a server that is away is asked once a run, and a wrong password is said as what it is", async () => {
  await queue("Billing", 3);
  const { smtp: right } = settings();
  try {
    Object.assign(settings(), { smtp: { ...right, url: "smtp://127.0.0.1:9" } });
    await sendEmails();
    expect((await state()).map(({ attempts }) => attempts).toSorted()).toEqual([0, 0, 1]);
    Object.assign(settings(), { smtp: { ...right, url: smtp.url.replace("p%40ss", "wrong") } });
    await passTime();
    await sendEmails();
    const errors = (await state()).map(({ error }) => error).filter((error) => error !== null);
    expect(errors.join("\n")).toMatch(/refused the user name or password in SMTP_URL: 535/);
    expect(errors.join("\n")).not.toMatch(/wrong/);
  } finally {
    Object.assign(settings(), { smtp: right });
  }
});

test("an email is given up after its last try", async () => {
  await queue("Billing");
  await database().sql`update emails set attempts = ${sendTriesMax - 1}`;
  smtp.refuse(550);
  await sendEmails();
  expect(await state()).toMatchObject([{ status: "failed", attempts: sendTriesMax }]);
  smtp.refuse(null);
  await passTime();
  expect(await areEmailsDue()).toBe(false);
  await sendEmails();
  expect(smtp.emails).toEqual([]);
});

test("nobody takes up an email that is being sent, and a try whose lease is over notes nothing", async () => {
  await queue("Billing");
  const { db } = database();
  const slow = await claimEmail(db, 60);
  if (!slow) throw new Error("nothing was claimed");
  expect(await sendEmails()).toEqual({ sent: 0, more: false });
  await passTime();
  expect(await sendEmails()).toEqual({ sent: 1, more: false });
  expect(await recordTry(db, slow, { sent: false, error: "late", retryInSeconds: null })).toBe(false);
  expect(await state()).toMatchObject([{ status: "sent", attempts: 2, error: null }]);
});

test("a webhook's name adds no header and no recipient, and no element", async () => {
  const name =
    "Billing\r\nBcc: victim@example.com\r\n\r\n<script>alert(1)</script>\u2028Cc: victim@example.com";
  await queue(name);
  await sendEmails();
  const [email] = smtp.emails;
  expect(email?.recipients).toEqual(["ana@example.com"]);
  expect([...(email?.headers.keys() ?? [])].toSorted()).toEqual([
    "auto-submitted",
    "content-type",
    "date",
    "from",
    "message-id",
    "mime-version",
    "subject",
    "to",
  ]);
  const [row] = await database().sql<{ subject: string; html: string }[]>`select subject, html from emails`;
  expect(row?.subject).toMatch(
    /^Webhook “Billing Bcc: victim@example.com <script>.* Cc: victim@example.com” is failing/,
  );
  expect(row?.html).not.toContain("<script");
});

test("if the SMTP server is removed from the settings, what is queued is kept, and nothing is sent later", async () => {
  await queue("Billing");
  const { smtp: right } = settings();
  Object.assign(settings(), { smtp: null });
  await sendEmails();
  Object.assign(settings(), { smtp: right });
  expect(await sendEmails()).toEqual({ sent: 0, more: false });
  expect(await state()).toMatchObject([{ status: "kept", attempts: 0 }]);
});

test("a recipient cannot be a list of recipients", async () => {
  const message = {
    subject: "Test",
    headline: "",
    facts: [],
    paragraphs: [],
    link: { label: "", url: "" },
    footer: "",
  };
  const recipient = "ana@example.com, victim@example.com";
  const row = emailOf(message, { workspaceId: workspace.ctx.workspace.id, recipient });
  await insertEmails(database().db, [row]);
  await sendEmails();
  expect(smtp.emails.flatMap(({ recipients }) => recipients)).not.toContain("victim@example.com");
});

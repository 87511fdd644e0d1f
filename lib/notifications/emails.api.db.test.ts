import { expect, test } from "vitest";
import * as email from "@/app/api/v1/emails/[id]/route";
import * as emails from "@/app/api/v1/emails/route";
import * as testEmail from "@/app/api/v1/emails/test/route";
import type { EmailDetailOutput, EmailOutput, EmailsOutput } from "../contract/emails";
import { call, expectDone, expectProblem, makeCaller, startTestApi } from "../testing/api";

const { ctx, key, owner } = await startTestApi();

const send = (as = owner) => call<EmailOutput>(testEmail, "POST", "/emails/test", { as });
const list = (query = "", as = owner) => call<EmailsOutput>(emails, "GET", `/emails?${query}`, { as });

test("without an SMTP server a test email to oneself is kept, listed, and shown with its text", async () => {
  const sent = await send();
  expectDone(sent, 202);
  expect(sent.body).toEqual({
    id: expect.stringMatching(/^eml_[0-9a-f]{32}$/),
    endpointId: null,
    recipient: expect.stringMatching(/@example\.com$/),
    subject: "Test email from Posthorn",
    status: "kept",
    tries: 0,
    lastError: null,
    nextTryAt: null,
    createdAt: expect.any(String),
    sentAt: null,
  });
  const listed = await list();
  expectDone(listed);
  expect(listed.body).toEqual({ data: [sent.body], nextCursor: null, sender: null });
  const path = `/emails/${sent.body.id}`;
  const shown = await call<EmailDetailOutput>(email, "GET", path, { as: owner });
  expectDone(shown);
  expect(shown.body).toEqual({ ...sent.body, text: expect.stringContaining("Test email from Posthorn") });
});

test("emails are listed newest first, in pages", async () => {
  const [older, newer] = [await send(), await send()];
  const first = (await list("limit=1")).body;
  expect([first.data[0]?.id, first.nextCursor]).toEqual([newer?.body.id, newer?.body.id]);
  expect((await list(`limit=1&cursor=${first.nextCursor}`)).body.data[0]?.id).toBe(older?.body.id);
});

test("they are for owners: no API key, developer or viewer reads or sends one", async () => {
  const others = [
    key,
    await makeCaller(ctx.workspace, "developer"),
    await makeCaller(ctx.workspace, "viewer"),
  ];
  for (const as of others) {
    expectProblem(await list("", as), 403, "forbidden");
    expectProblem(await send(as), 403, "forbidden");
  }
});

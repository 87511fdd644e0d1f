import { afterAll, beforeAll, expect, test } from "vitest";
import { sendEmails } from "../notifications/send-emails";
import { startSmtpServer, type TestSmtpServer } from "../testing/smtp-server";
import { createTestWorkspace, type TestWorkspace } from "../testing/test-workspace";
import { createInvitation } from "./create-invitation";
import { findInvitation } from "./find-invitation";
import { resendInvitation } from "./resend-invitation";

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
afterAll(async () => {
  await workspace.close();
  await smtp.close();
});

/** The token in the newest email, which is for this address. */
function tokenFor(recipient: string): string {
  const email = smtp.emails.at(-1);
  expect(email?.recipients).toEqual([recipient]);
  return /\/invite\/([\w-]{43})/.exec((email?.raw ?? "").replace(/=\r\n/g, ""))?.[1] ?? "";
}

test("an invitation is emailed to whom it is for, and so is its new link, the one before leading nowhere", async () => {
  const { ctx } = workspace;
  const email = "ben@example.com";
  const sent = await createInvitation({ ctx, input: { email, role: "developer" } });
  expect(sent.emailed).toBe(true);
  await sendEmails();
  const first = tokenFor(email);
  expect(sent.link).toContain(first);
  expect(smtp.emails.at(-1)?.headers.get("subject")).toBe(
    `${ctx.actor.name} invited you to ${ctx.workspace.name} in Posthorn`,
  );

  await resendInvitation({ ctx, id: sent.id });
  await sendEmails();
  const second = tokenFor(email);
  expect(await findInvitation(first)).toMatchObject({ state: "unknown" });
  expect(await findInvitation(second)).toMatchObject({ state: "open", email });
});

test("nobody is flooded: after three emails the link is not made anew, and the last one goes on working", async () => {
  const { ctx } = workspace;
  const input = { email: "eve@example.com", role: "viewer" } as const;
  const { id } = await createInvitation({ ctx, input });
  await resendInvitation({ ctx, id });
  await resendInvitation({ ctx, id });
  await sendEmails();
  const last = tokenFor(input.email);
  await expect(resendInvitation({ ctx, id })).rejects.toMatchObject({ code: "rate_limited" });
  expect(await findInvitation(last)).toMatchObject({ state: "open" });
});

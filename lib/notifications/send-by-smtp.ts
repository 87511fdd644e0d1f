import { createTransport } from "nodemailer";
import type { EmailRow } from "@/db/queries/emails";
import { toPublicId } from "../core/ids";
import type { Settings } from "../platform/env";

/** Why an email was not sent, as a message; `concernsEmail`: only this email is affected, others may be sent. */
export type SendFailure = { message: string; concernsEmail: boolean };

/** All in milliseconds. Even if each step takes its longest time, a try ends before its lease does. */
const timeouts = {
  dnsTimeout: 10_000,
  connectionTimeout: 10_000,
  greetingTimeout: 10_000,
  socketTimeout: 15_000,
};

const reasonLengthMax = 300;

/**
 * Sends an email to the SMTP server. A repeated one has the same `Message-ID`.
 *
 * @returns why it was not accepted; `null` if it was
 */
export async function sendBySmtp(
  smtp: NonNullable<Settings["smtp"]>,
  email: Pick<EmailRow, "id" | "recipient" | "subject" | "text" | "html">,
): Promise<SendFailure | null> {
  const transport = createTransport({
    url: smtp.url,
    ...timeouts,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const { id, recipient, subject, text, html } = email;
  const domain = smtp.from.address.replace(/^.*@/, "");
  try {
    await transport.sendMail({
      messageId: `<${toPublicId("email", id)}@${domain}>`,
      from: smtp.from,
      // An object, because a string would be parsed as a list of addresses.
      to: { name: "", address: recipient },
      subject,
      text,
      html,
      // RFC 3834: requests no automatic out-of-office replies.
      headers: { "Auto-Submitted": "auto-generated" },
    });
    return null;
  } catch (error) {
    return describeFailure(error);
  }
}

const codeTexts: Record<string, string> = {
  EDNS: "The host name of the SMTP server was not found",
  ETIMEDOUT: "The SMTP server did not answer in time",
  ECONNECTION: "The connection to the SMTP server failed",
  ESOCKET: "The connection to the SMTP server failed",
  ETLS: "No secure connection to the SMTP server could be made",
  EAUTH: "The SMTP server refused the user name or password in SMTP_URL",
  EENVELOPE: "The SMTP server refused the sender or the recipient",
  EMESSAGE: "The SMTP server refused the email",
};

function describeFailure(error: unknown): SendFailure {
  const { code, response } = partsOf(error);
  const text = codeTexts[code] ?? "The email could not be sent";
  const said = response ?? (error instanceof Error ? error.message : "");
  const message = `${text}${said ? `: ${said}` : ""}`.replace(/\s+/g, " ").slice(0, reasonLengthMax);
  return { message, concernsEmail: code === "EENVELOPE" || code === "EMESSAGE" };
}

function partsOf(error: unknown): { code: string; response?: string } {
  if (!(error instanceof Error)) return { code: "" };
  return {
    code: "code" in error ? String(error.code) : "",
    response: "response" in error && typeof error.response === "string" ? error.response : undefined,
  };
}

import { emailDetailOutput, emailOutput, emailsOutput } from "../emails";
import { pageQuery } from "../shared";
import { operationsOf } from "./operation";

export const emailOperations = operationsOf(
  { tag: "Emails", reads: "emails:read", changes: "emails:write" },
  {
    listEmails: {
      route: "GET /emails",
      summary: "List the emails to owners, newest first (dashboard only, owners)",
      query: pageQuery,
      output: emailsOutput,
    },
    getEmail: {
      route: "GET /emails/{id}",
      summary: "Get an email with its text (dashboard only, owners)",
      output: emailDetailOutput,
    },
    sendTestEmail: {
      route: "POST /emails/test",
      summary: "Send a test email to yourself (dashboard only, owners)",
      status: 202,
      output: emailOutput,
    },
  },
);

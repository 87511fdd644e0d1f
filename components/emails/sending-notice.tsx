import { CodeBlock } from "@/components/ui/code-block";

const example =
  'SMTP_URL=smtp://user:password@smtp.example.com:587\nEMAIL_FROM="Posthorn <posthorn@example.com>"';

/** Whether emails are sent at all; if not, how to set it up. */
export function SendingNotice({ sender }: { sender: string | null }) {
  if (sender !== null) {
    return (
      <p className="pb-4 text-muted-foreground">
        They are sent by SMTP, from <span className="text-foreground">{sender}</span>.
      </p>
    );
  }
  return (
    <section
      aria-label="How emails are sent"
      className="mb-4 grid grid-cols-1 gap-2 rounded-lg border border-border-strong bg-muted px-3 py-2.5"
    >
      <p className="font-medium">Emails are saved here but not sent</p>
      <p>
        No SMTP server is set. To send emails, start Posthorn with these settings. Emails saved before that
        are not sent later.
      </p>
      <CodeBlock code={example} label="SMTP settings" wrap />
    </section>
  );
}

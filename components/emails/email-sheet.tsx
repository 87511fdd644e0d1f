"use client";

import Link from "next/link";
import { webhookPaths } from "@/components/data/webhook-paths";
import { useWorkspace } from "@/components/shell/use-workspace";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { Sheet, SheetContent, SheetTitle } from "@/components/ui/sheet";
import { Skeleton } from "@/components/ui/skeleton";
import { RelativeTime } from "@/components/ui/time";
import { useReadError } from "@/components/ui/use-read-error";
import type { EmailDetailOutput } from "@/lib/contract/emails";
import { EmailStatus } from "./email-status";
import { useEmail } from "./use-emails";

/** An email as its recipient reads it, and its status. */
export function EmailSheet({ id, onClose }: { id: string; onClose: () => void }) {
  const query = useEmail(id);
  const failure = useReadError(query);
  return (
    <Sheet open onOpenChange={(open) => !open && onClose()}>
      <SheetContent aria-describedby={undefined}>
        {query.data ? (
          <Email email={query.data} />
        ) : (
          <div className="grid gap-4 px-5 py-4">
            <SheetTitle>Email</SheetTitle>
            {failure ? (
              <ErrorState
                title="The email could not be loaded"
                error={failure}
                onRetry={() => query.refetch()}
                retrying={query.isFetching}
              />
            ) : (
              <Skeleton className="h-40 w-full" />
            )}
          </div>
        )}
      </SheetContent>
    </Sheet>
  );
}

function Email({ email }: { email: EmailDetailOutput }) {
  const { slug } = useWorkspace();
  return (
    <>
      <header className="grid gap-2 border-border border-b px-5 py-4">
        <SheetTitle className="break-words pr-10">{email.subject}</SheetTitle>
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-4 gap-y-1.5">
          <dt className="text-muted-foreground">To</dt>
          <dd className="break-all">{email.recipient}</dd>
          <dt className="text-muted-foreground">Status</dt>
          <dd className="flex flex-wrap items-center gap-2">
            <EmailStatus email={email} />
            <RelativeTime value={email.sentAt ?? email.createdAt} className="text-muted-foreground" />
          </dd>
        </dl>
        {email.status === "kept" && (
          <p className="text-muted-foreground">
            It was not sent, because no SMTP server was set when it was written.
          </p>
        )}
        {email.lastError && (
          <p className="break-words text-danger">
            {email.lastError} ({email.tries === 1 ? "1 try" : `${email.tries} tries`}
            {email.nextTryAt && (
              <>
                , next one <RelativeTime value={email.nextTryAt} />
              </>
            )}
            )
          </p>
        )}
        {email.endpointId && (
          <Button asChild variant="outline" className="justify-self-start">
            <Link href={webhookPaths.show(slug, email.endpointId)}>Open the webhook</Link>
          </Button>
        )}
      </header>
      <section aria-label="Text of the email" className="px-5 py-4">
        <pre className="whitespace-pre-wrap break-words font-mono text-xs leading-5">{email.text}</pre>
      </section>
    </>
  );
}

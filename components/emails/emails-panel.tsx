"use client";

import { Lock, Mail } from "lucide-react";
import dynamic from "next/dynamic";
import { parseAsString, useQueryState } from "nuqs";
import { PageHeader } from "@/components/shell/page-header";
import { useCan } from "@/components/shell/use-workspace";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { LoadMore } from "@/components/ui/load-more";
import { useReadError } from "@/components/ui/use-read-error";
import { backoffFailures } from "@/lib/core/endpoint-state";
import { EmailList } from "./email-list";
import { EmailListSkeleton } from "./email-list-skeleton";
import { SendingNotice } from "./sending-notice";
import { TestEmailButton } from "./test-email-button";
import { useEmails } from "./use-emails";

const EmailSheet = dynamic(async () => (await import("./email-sheet")).EmailSheet, { ssr: false });

/** Settings › Emails: the list in each of its states, and the email that is open. */
export function EmailsPanel() {
  const mayRead = useCan("emails:read");
  const query = useEmails({ enabled: mayRead });
  const failure = useReadError(query);
  const [openId, setOpenId] = useQueryState("email", parseAsString.withOptions({ history: "push" }));
  const emails = query.data?.pages.flatMap((page) => page.data) ?? [];

  return (
    <div className="max-w-5xl">
      <PageHeader
        title="Emails"
        description="Owners of this workspace get an email when a webhook keeps failing, is disabled, or works again."
        actions={mayRead && <TestEmailButton />}
      />
      {!mayRead ? (
        <EmptyState
          icon={Lock}
          title="You don't have access"
          description="Only an owner of this workspace sees what is sent to its owners."
        />
      ) : failure ? (
        <ErrorState
          title="The emails could not be loaded"
          error={failure}
          onRetry={() => query.refetch()}
          retrying={query.isFetching}
        />
      ) : query.isPending ? (
        <EmailListSkeleton />
      ) : (
        <>
          <SendingNotice sender={query.data?.pages[0]?.sender ?? null} />
          {emails.length === 0 ? (
            <EmptyState
              icon={Mail}
              title="No emails yet"
              description={`Owners get an email when a webhook fails ${backoffFailures} times in a row.`}
            />
          ) : (
            <EmailList emails={emails} onOpen={(id) => void setOpenId(id)} />
          )}
          <LoadMore query={query} className="mx-auto mt-3 flex w-fit" />
          {openId && <EmailSheet id={openId} onClose={() => void setOpenId(null)} />}
        </>
      )}
    </div>
  );
}

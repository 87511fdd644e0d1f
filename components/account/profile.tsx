"use client";

import { PageHeader } from "@/components/shell/page-header";
import { ErrorState } from "@/components/ui/error-state";
import { Skeleton } from "@/components/ui/skeleton";
import { useReadError } from "@/components/ui/use-read-error";
import { EmailSection } from "./email-section";
import { ProfileForm } from "./profile-form";
import { useProfile } from "./use-account";

/** Account › Profile. */
export function Profile() {
  const query = useProfile();
  const failure = useReadError(query);
  return (
    <div className="max-w-2xl">
      <PageHeader title="Profile" description="How you are called here, and how pages are shown to you." />
      {failure ? (
        <ErrorState
          title="Your profile could not be loaded"
          error={failure}
          onRetry={() => query.refetch()}
          retrying={query.isFetching}
        />
      ) : query.data ? (
        <div className="grid grid-cols-1 gap-8">
          <ProfileForm profile={query.data} />
          <EmailSection profile={query.data} />
        </div>
      ) : (
        <Skeleton className="h-72 w-full" />
      )}
    </div>
  );
}

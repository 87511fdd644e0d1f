"use client";

import { PageHeader } from "@/components/shell/page-header";
import { ErrorState } from "@/components/ui/error-state";
import { FieldError } from "@/components/ui/field";
import { Skeleton } from "@/components/ui/skeleton";
import { useReadError } from "@/components/ui/use-read-error";
import { ActivitySection } from "./activity-section";
import { PasswordSection } from "./password-section";
import { ProvidersSection } from "./providers-section";
import { SecondFactorSection } from "./second-factor-section";
import { SessionsSection } from "./sessions-section";
import { useProfile } from "./use-account";

/** Account › Security. `linkFault` is why an account of a provider could not be linked. */
export function Security({ linkFault }: { linkFault: string | undefined }) {
  const query = useProfile();
  const failure = useReadError(query);
  return (
    <div className="max-w-2xl">
      <PageHeader title="Security" description="How you sign in, and where you are signed in." />
      {failure ? (
        <ErrorState
          title="Your account could not be loaded"
          error={failure}
          onRetry={() => query.refetch()}
          retrying={query.isFetching}
        />
      ) : query.data ? (
        <div className="grid grid-cols-1 gap-8">
          {linkFault && (
            <FieldError className="rounded-md bg-danger-soft px-3 py-2 text-sm">{linkFault}</FieldError>
          )}
          <PasswordSection profile={query.data} />
          <SecondFactorSection profile={query.data} />
          {query.data.providers.length > 0 && <ProvidersSection profile={query.data} />}
          <SessionsSection />
          <ActivitySection />
        </div>
      ) : (
        <Skeleton className="h-72 w-full" />
      )}
    </div>
  );
}

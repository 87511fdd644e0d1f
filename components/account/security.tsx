"use client";

import { FieldError } from "@/components/ui/field";
import { AccountPage } from "./account-page";
import { ActivitySection } from "./activity-section";
import { PasswordSection } from "./password-section";
import { ProvidersSection } from "./providers-section";
import { SecondFactorSection } from "./second-factor-section";
import { SessionsSection } from "./sessions-section";

/** Account › Security. `linkFault` is why a provider's account could not be linked. */
export function Security({ linkFault }: { linkFault: string | undefined }) {
  return (
    <AccountPage title="Security" description="How you sign in, and where you are signed in.">
      {(profile) => (
        <>
          {linkFault && (
            <FieldError className="rounded-md bg-danger-soft px-3 py-2 text-sm">{linkFault}</FieldError>
          )}
          <PasswordSection profile={profile} />
          <SecondFactorSection profile={profile} />
          {profile.providers.length > 0 && <ProvidersSection profile={profile} />}
          <SessionsSection />
          <ActivitySection />
        </>
      )}
    </AccountPage>
  );
}

"use client";

import { AccountPage } from "./account-page";
import { EmailSection } from "./email-section";
import { ProfileForm } from "./profile-form";

/** Account › Profile. */
export function Profile() {
  return (
    <AccountPage title="Profile" description="Your name, and how the dashboard is shown to you.">
      {(profile) => (
        <>
          <ProfileForm profile={profile} />
          <EmailSection profile={profile} />
        </>
      )}
    </AccountPage>
  );
}

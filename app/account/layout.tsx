import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { OutsideFrame } from "@/components/shell/outside-frame";
import { currentUser } from "@/lib/auth/current-user";

export const metadata: Metadata = { title: { default: "Account", template: "%s · Account · Posthorn" } };

const tabs = [
  { label: "Profile", href: "/account", exact: true },
  { label: "Security", href: "/account/security" },
];

/** What belongs to the signed-in user, whatever their workspaces. */
export default async function AccountLayout({ children }: { children: ReactNode }) {
  const user = await currentUser();
  const path = (await headers()).get("x-posthorn-path") ?? "/account";
  if (!user) redirect(`/sign-in?callbackUrl=${encodeURIComponent(path)}`);
  return (
    <OutsideFrame title="Account" tabs={tabs} user={user}>
      {children}
    </OutsideFrame>
  );
}

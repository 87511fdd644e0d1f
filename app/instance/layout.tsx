import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { OutsideFrame } from "@/components/shell/outside-frame";
import { EmptyState } from "@/components/ui/empty-state";
import { currentUser } from "@/lib/auth/current-user";
import { operates } from "@/lib/instance/context";

export const metadata: Metadata = { title: { default: "Instance", template: "%s · Instance · Posthorn" } };

/**
 * What belongs to the installation as a whole, for its operators. Another tab needs a line here and a page beside
 * these.
 */
const tabs = [
  { label: "Overview", href: "/instance", exact: true },
  { label: "Workspaces", href: "/instance/workspaces" },
  { label: "Users", href: "/instance/users" },
  { label: "Audit log", href: "/instance/audit-log" },
  { label: "Self-test", href: "/instance/self-test" },
];

export default async function InstanceLayout({ children }: { children: ReactNode }) {
  const user = await currentUser();
  const path = (await headers()).get("x-posthorn-path") ?? "/instance";
  if (!user) redirect(`/sign-in?callbackUrl=${encodeURIComponent(path)}`);
  const mayLook = await operates(user.id);
  return (
    <OutsideFrame title="Instance" tabs={mayLook ? tabs : undefined} user={user}>
      {mayLook ? (
        children
      ) : (
        <>
          <h1 className="sr-only">Instance</h1>
          <EmptyState
            title="This page is for operators"
            description="Only operators of this instance can see and change it. Ask one of them for access."
          />
        </>
      )}
    </OutsideFrame>
  );
}

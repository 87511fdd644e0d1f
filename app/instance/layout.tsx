import type { Metadata } from "next";
import { headers } from "next/headers";
import Link from "next/link";
import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { Logo } from "@/components/shell/logo";
import { Providers } from "@/components/shell/providers";
import { buttonVariants } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { TabNav } from "@/components/ui/tab-nav";
import { currentUser } from "@/lib/auth/current-user";
import { operates } from "@/lib/instance/context";

export const metadata: Metadata = { title: { default: "Instance", template: "%s · Instance · Posthorn" } };

/** What belongs to the installation as a whole, for its operators. A further tab is a line here and a page beside these. */
const tabs = [
  { label: "Overview", href: "/instance", exact: true },
  { label: "Workspaces", href: "/instance/workspaces" },
  { label: "Users", href: "/instance/users" },
  { label: "Self-test", href: "/instance/self-test" },
];

export default async function InstanceLayout({ children }: { children: ReactNode }) {
  const user = await currentUser();
  const path = (await headers()).get("x-posthorn-path") ?? "/instance";
  if (!user) redirect(`/sign-in?callbackUrl=${encodeURIComponent(path)}`);
  const isPhone = /Mobi/.test((await headers()).get("user-agent") ?? "");
  const mayLook = await operates(user.id);
  return (
    <Providers isPhone={isPhone}>
      <a
        href="#main"
        className="sr-only z-50 rounded-md bg-primary px-3 py-2 text-primary-foreground focus-visible:not-sr-only focus-visible:fixed focus-visible:top-2 focus-visible:left-2"
      >
        Skip to content
      </a>
      <header className="flex h-12 items-center gap-2 border-border border-b bg-surface px-4 md:px-6">
        <Logo className="size-5" />
        <span className="font-semibold text-sm">Instance</span>
        <Link href="/" className={buttonVariants({ variant: "ghost", size: "sm", className: "ml-auto" })}>
          Back to workspaces
        </Link>
      </header>
      {mayLook && <TabNav label="Instance" className="px-4 pt-1 md:px-6" items={tabs} />}
      <main id="main" tabIndex={-1} className="mx-auto max-w-5xl px-4 py-5 outline-none md:px-6">
        {mayLook ? (
          children
        ) : (
          <>
            <h1 className="sr-only">Instance</h1>
            <EmptyState
              title="This page is for operators"
              description="Only operators of this instance can see and change it. Ask one of them."
            />
          </>
        )}
      </main>
    </Providers>
  );
}

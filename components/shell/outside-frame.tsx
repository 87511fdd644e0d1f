import { headers } from "next/headers";
import Link from "next/link";
import type { ReactNode } from "react";
import { buttonVariants } from "@/components/ui/button";
import { TabNav, type TabNavItem } from "@/components/ui/tab-nav";
import { Logo } from "./logo";
import { Providers, type ViewingUser } from "./providers";

/** The frame of pages that belong to no workspace, with their tabs and a link back. */
export async function OutsideFrame({
  title,
  tabs,
  user,
  children,
}: {
  title: string;
  /** Omitted if there is nothing to see. */
  tabs?: TabNavItem[] | undefined;
  user: ViewingUser;
  children: ReactNode;
}) {
  const isPhone = /Mobi/.test((await headers()).get("user-agent") ?? "");
  return (
    <Providers isPhone={isPhone} user={user}>
      <a
        href="#main"
        className="sr-only z-50 rounded-md bg-primary px-3 py-2 text-primary-foreground focus-visible:not-sr-only focus-visible:fixed focus-visible:top-2 focus-visible:left-2"
      >
        Skip to content
      </a>
      <header className="flex h-12 items-center gap-2 border-border border-b bg-surface px-4 md:px-6">
        <Logo className="size-5" />
        <span className="font-semibold text-sm">{title}</span>
        <Link href="/" className={buttonVariants({ variant: "ghost", size: "sm", className: "ml-auto" })}>
          Back to workspaces
        </Link>
      </header>
      {tabs && <TabNav label={title} className="px-4 pt-1 md:px-6" items={tabs} />}
      <main id="main" tabIndex={-1} className="max-w-5xl px-4 py-5 outline-none md:px-6">
        {children}
      </main>
    </Providers>
  );
}

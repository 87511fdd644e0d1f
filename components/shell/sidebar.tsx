"use client";

import { LayoutDashboard, Settings, Webhook } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { AccountMenu } from "./account-menu";
import { PaletteButton } from "./command-palette";
import { useWorkspace } from "./use-workspace";
import { WorkspaceSwitcher } from "./workspace-switcher";

export type SidebarProps = {
  user: { name: string; email: string };
  /** All workspaces of the user, including this one. */
  workspaces: { slug: string; name: string }[];
};

export function Sidebar({ user, workspaces, onNavigate }: SidebarProps & { onNavigate?: () => void }) {
  const { slug } = useWorkspace();
  return (
    <>
      <div className="p-2">
        <WorkspaceSwitcher workspaces={workspaces} />
      </div>
      <div className="px-2 pb-2">
        <PaletteButton onOpen={onNavigate} />
      </div>
      <nav aria-label="Main" className="grid gap-0.5 px-2">
        <SidebarLink href={`/${slug}`} section={`/${slug}`} exact onNavigate={onNavigate}>
          <LayoutDashboard aria-hidden="true" />
          Overview
        </SidebarLink>
        <SidebarLink
          href={`/${slug}/developers/webhooks`}
          section={`/${slug}/developers`}
          onNavigate={onNavigate}
        >
          <Webhook aria-hidden="true" />
          Developers
        </SidebarLink>
        <SidebarLink href={`/${slug}/settings/general`} section={`/${slug}/settings`} onNavigate={onNavigate}>
          <Settings aria-hidden="true" />
          Settings
        </SidebarLink>
      </nav>
      <div className="mt-auto p-2">
        <AccountMenu user={user} />
      </div>
    </>
  );
}

function SidebarLink({
  href,
  section,
  exact = false,
  onNavigate,
  children,
}: {
  href: string;
  /** The path whose pages all belong to this entry. */
  section: string;
  /** Only this exact path belongs to it. */
  exact?: boolean;
  onNavigate?: () => void;
  children: React.ReactNode;
}) {
  const pathname = usePathname();
  const active = pathname === section || (!exact && pathname.startsWith(`${section}/`));
  return (
    <Link
      href={href}
      onClick={onNavigate}
      aria-current={active ? "true" : undefined}
      className="flex h-8 items-center gap-2 rounded-md px-2 text-muted-foreground text-sm transition-colors duration-100 hover:bg-accent hover:text-foreground aria-[current]:bg-accent aria-[current]:font-medium aria-[current]:text-foreground [&_svg]:size-4 [&_svg]:shrink-0"
    >
      {children}
    </Link>
  );
}

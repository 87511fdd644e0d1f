import type { Metadata } from "next";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { LazyJobDock } from "@/components/jobs/lazy-job-dock";
import { LedgerBanner } from "@/components/shell/ledger-banner";
import { Providers } from "@/components/shell/providers";
import { Shell } from "@/components/shell/shell";
import { WorkspaceProvider } from "@/components/shell/use-workspace";
import { LazyPalette } from "@/components/webhooks/palette/lazy-palette";
import { requireMembership } from "@/lib/auth/require-membership";
import { listOpenAlarms } from "@/lib/ledger/list-open-alarms";

type WorkspaceLayoutProps = { children: ReactNode; params: Promise<{ workspace: string }> };

export async function generateMetadata({ params }: WorkspaceLayoutProps): Promise<Metadata> {
  const { workspace } = await requireMembership((await params).workspace);
  return { title: { default: workspace.name, template: `%s · ${workspace.name} · Posthorn` } };
}

export default async function WorkspaceLayout({ children, params }: WorkspaceLayoutProps) {
  const { user, workspace, role, scopes, retentionDays, workspaces } = await requireMembership(
    (await params).workspace,
  );
  const { slug, name } = workspace;
  const alarms = role === "viewer" ? [] : await listOpenAlarms(workspace.id);
  // As MDN recommends for all browsers on phones: "Mobi" anywhere in the user agent.
  const isPhone = /Mobi/.test((await headers()).get("user-agent") ?? "");
  return (
    <Providers isPhone={isPhone} user={user}>
      <WorkspaceProvider value={{ slug, name, userId: user.id, role, scopes, retentionDays }}>
        <Shell
          user={{ name: user.name, email: user.email }}
          workspaces={workspaces.map((one) => ({ slug: one.slug, name: one.name }))}
          dock={<LazyJobDock />}
          Palette={LazyPalette}
        >
          <LedgerBanner alarms={alarms} />
          {children}
        </Shell>
      </WorkspaceProvider>
    </Providers>
  );
}

import type { ReactNode } from "react";
import { Logo } from "@/components/shell/logo";

/** The frame of the pages outside of workspaces: the logo, a heading, a form. */
export function AuthCard({
  title,
  description,
  children,
}: {
  title: string;
  description?: string;
  children: ReactNode;
}) {
  return (
    <main className="flex min-h-dvh flex-col items-center bg-surface px-4 pt-[max(24px,12vh)] pb-12">
      <div className="flex items-center gap-2 pb-6">
        <Logo className="size-7" />
        <span className="font-semibold text-base tracking-tight">Posthorn</span>
      </div>
      <div className="w-full max-w-sm rounded-lg border border-border bg-background p-6">
        <h1 className="font-semibold text-xl tracking-tight">{title}</h1>
        {description && <p className="pt-1 text-muted-foreground text-sm">{description}</p>}
        <div className="pt-5">{children}</div>
      </div>
    </main>
  );
}

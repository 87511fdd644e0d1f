import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn";

type EmptyStateProps = {
  icon?: LucideIcon;
  title: string;
  /** What to do first, or why there is nothing. */
  description?: ReactNode;
  /** Buttons. */
  action?: ReactNode;
  className?: string;
};

/** For a list without rows: nothing there yet, no results, or no permission. */
export function EmptyState({ icon: Icon, title, description, action, className }: EmptyStateProps) {
  return (
    <div
      data-slot="empty-state"
      className={cn(
        "flex flex-col items-center gap-1 rounded-lg border border-border border-dashed px-6 py-12 text-center",
        className,
      )}
    >
      {Icon && <Icon aria-hidden="true" strokeWidth={1.5} className="mb-2 size-6 text-muted-foreground" />}
      <p className="font-medium text-base">{title}</p>
      {description && <div className="max-w-md text-muted-foreground text-sm">{description}</div>}
      {action && <div className="mt-3 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}

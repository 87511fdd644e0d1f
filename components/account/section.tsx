import type { ReactNode } from "react";

/** A section of the account's pages, with its heading and description. */
export function Section({
  title,
  description,
  children,
}: {
  title: string;
  description?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section aria-label={title} className="grid min-w-0 grid-cols-1 gap-3 border-border border-t pt-6">
      <div>
        <h2 className="font-semibold text-base">{title}</h2>
        {description && <p className="text-muted-foreground">{description}</p>}
      </div>
      {children}
    </section>
  );
}

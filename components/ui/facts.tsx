import type { ReactNode } from "react";

/** Names with their values: two columns, or one below another on a phone. */
export function Facts({ children }: { children: ReactNode }) {
  return (
    <dl className="grid grid-cols-1 gap-x-4 sm:gap-y-2 sm:grid-cols-[minmax(0,280px)_minmax(0,1fr)]">
      {children}
    </dl>
  );
}

export function Fact({ name, children }: { name: ReactNode; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted-foreground">{name}</dt>
      <dd className="min-w-0 break-words tabular-nums max-sm:pb-2.5">{children}</dd>
    </>
  );
}

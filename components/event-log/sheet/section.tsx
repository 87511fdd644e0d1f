import { type ReactNode, useId } from "react";

/** A titled part of the event sheet. */
export function Section({
  title,
  action,
  children,
}: {
  title: ReactNode;
  /** At the end of the title's line. */
  action?: ReactNode;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      className="grid grid-cols-1 gap-2 border-border border-t px-5 py-4 first:border-t-0"
    >
      <div className="flex items-center justify-between gap-2">
        <h3 id={id} className="min-w-0 flex-1 font-semibold text-sm">
          {title}
        </h3>
        {action}
      </div>
      {children}
    </section>
  );
}

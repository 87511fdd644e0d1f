import { type ReactNode, useId } from "react";

/** A titled part of the event sheet. */
export function Section({ title, children }: { title: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      className="grid grid-cols-1 gap-2 border-border border-t px-5 py-4 first:border-t-0"
    >
      <h3 id={id} className="font-semibold text-sm">
        {title}
      </h3>
      {children}
    </section>
  );
}

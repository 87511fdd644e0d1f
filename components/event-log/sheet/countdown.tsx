"use client";

import { formatAge } from "@/components/ui/format-time";
import { useNow } from "@/components/ui/use-now";

/** "in 2 min 28 s", counting down; "now" when the time has come. */
export function Countdown({ to }: { to: Date }) {
  const now = useNow(1_000);
  if (!now) return null;
  const seconds = Math.ceil((to.getTime() - now.getTime()) / 1_000);
  return <span className="text-foreground">{seconds <= 0 ? "now" : `in ${formatAge(seconds * 1_000)}`}</span>;
}

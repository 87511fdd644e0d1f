"use client";

import { formatWait } from "@/components/ui/format-wait";
import { useNow } from "@/components/ui/use-now";

/** "in 2 m 28 s", counting down; "now" when the time has come. */
export function Countdown({ to }: { to: Date }) {
  const now = useNow(1_000);
  if (!now) return null;
  const seconds = Math.ceil((to.getTime() - now.getTime()) / 1_000);
  return <span className="text-foreground">{seconds <= 0 ? "now" : `in ${formatWait(seconds)}`}</span>;
}

import Link from "next/link";
import { buttonVariants } from "@/components/ui/button";

/** In place of what a link leads to that can't be used (any more): why, and where to get another. */
export function LinkRefused({ reason, href, label }: { reason: string; href: string; label: string }) {
  return (
    <div className="grid gap-4">
      <p>{reason}</p>
      <Link href={href} className={buttonVariants({ variant: "outline" })}>
        {label}
      </Link>
    </div>
  );
}

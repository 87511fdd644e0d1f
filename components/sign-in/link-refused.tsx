import Link from "next/link";
import { buttonVariants } from "@/components/ui/button";

/** Replaces the page of a link that cannot be used (any more): why, and where to get another. */
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

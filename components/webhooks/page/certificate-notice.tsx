"use client";

import { TriangleAlert } from "lucide-react";
import { describeExpiry } from "@/components/ui/describe-expiry";
import { formatMoment } from "@/components/ui/format-time";
import { useNow } from "@/components/ui/use-now";

/** Says that the certificate of a webhook's server is about to expire while it still works, or that it has expired. */
export function CertificateNotice({ expiresAt }: { expiresAt: string | null }) {
  const now = useNow(60_000);
  const expiry = now && describeExpiry(expiresAt, now);
  if (!expiresAt || !expiry) return null;
  const isOver = new Date(expiresAt) <= now;
  return (
    <div
      role="status"
      className="mb-4 flex items-start gap-2 rounded-lg border border-warning/40 bg-warning-soft px-3 py-2.5"
    >
      <TriangleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-warning" />
      <p className="min-w-0">
        <span className="font-medium">The certificate {expiry}</span>, at{" "}
        {formatMoment(new Date(expiresAt), now)}.{" "}
        {isOver
          ? "Nothing can be delivered until it is renewed."
          : "Renew it, or nothing can be delivered after that."}
      </p>
    </div>
  );
}

import { CircleCheck, CircleX, Inbox, LoaderCircle, RotateCw } from "lucide-react";
import { type Look, LookBadge } from "@/components/ui/look-badge";
import type { EmailOutput } from "@/lib/contract/emails";

const looks = {
  sending: { word: "Sending…", icon: LoaderCircle, variant: "primary" },
  retrying: { word: "Retrying", icon: RotateCw, variant: "warning" },
  sent: { word: "Sent", icon: CircleCheck, variant: "success" },
  failed: { word: "Failed", icon: CircleX, variant: "danger" },
  kept: { word: "Kept", icon: Inbox, variant: "neutral" },
} satisfies Record<string, Look>;

/** The status of an email. */
export function EmailStatus({ email }: { email: Pick<EmailOutput, "status" | "lastError"> }) {
  return <LookBadge look={lookOf(email)} />;
}

function lookOf({ status, lastError }: Pick<EmailOutput, "status" | "lastError">): Look {
  if (status === "queued") return lastError ? looks.retrying : looks.sending;
  return looks[status];
}

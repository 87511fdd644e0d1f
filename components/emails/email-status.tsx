import { CircleCheck, CircleX, Inbox, LoaderCircle, type LucideIcon, RotateCw } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import type { EmailOutput } from "@/lib/contract/emails";

type Look = {
  word: string;
  icon: LucideIcon;
  variant: "neutral" | "primary" | "success" | "warning" | "danger";
};

const looks = {
  sending: { word: "Sending…", icon: LoaderCircle, variant: "primary" },
  retrying: { word: "Retrying", icon: RotateCw, variant: "warning" },
  sent: { word: "Sent", icon: CircleCheck, variant: "success" },
  failed: { word: "Failed", icon: CircleX, variant: "danger" },
  kept: { word: "Kept", icon: Inbox, variant: "neutral" },
} satisfies Record<string, Look>;

/** What became of an email: colour beside a word and an icon, never alone. */
export function EmailStatus({ email }: { email: Pick<EmailOutput, "status" | "lastError"> }) {
  const { word, icon: Icon, variant } = lookOf(email);
  return (
    <Badge variant={variant}>
      <Icon aria-hidden="true" />
      {word}
    </Badge>
  );
}

function lookOf({ status, lastError }: Pick<EmailOutput, "status" | "lastError">): Look {
  if (status === "queued") return lastError ? looks.retrying : looks.sending;
  return looks[status];
}

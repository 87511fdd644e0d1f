import { History } from "lucide-react";
import { Button } from "@/components/ui/button";
import type { FormDraft } from "./use-form-draft";

/** Says that a form was filled in with an earlier draft, and offers to discard it. */
export function DraftNotice({
  draft: { restored, discard },
}: {
  draft: Pick<FormDraft, "restored" | "discard">;
}) {
  if (!restored) return null;
  return (
    <div
      role="status"
      className="flex flex-wrap items-center gap-x-3 gap-y-1.5 rounded-md border border-border bg-surface px-3 py-2"
    >
      <History aria-hidden="true" className="size-4 shrink-0 text-muted-foreground" />
      <p className="min-w-0 flex-1 basis-56">
        Your unsaved changes were restored.
        {restored.lacksSecrets && " Secrets and header values are not kept: enter them again."}
      </p>
      <Button variant="outline" size="sm" onClick={discard}>
        Discard
      </Button>
    </div>
  );
}

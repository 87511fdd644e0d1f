"use client";

import { useState } from "react";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import type { CreatedApiKeyOutput } from "@/lib/contract/api-keys";
import { CreateApiKeyForm } from "./create-api-key-form";
import { CreatedApiKey } from "./created-api-key";

/** The form, then the key. While the key is shown, a click outside does not close the dialog. */
export function CreateApiKeyDialog({ onClose }: { onClose: () => void }) {
  const [created, setCreated] = useState<CreatedApiKeyOutput>();
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent className="sm:max-w-lg" onInteractOutside={(event) => created && event.preventDefault()}>
        {created ? (
          <CreatedApiKey created={created} onDone={onClose} />
        ) : (
          <CreateApiKeyForm onCreated={setCreated} onCancel={onClose} />
        )}
      </DialogContent>
    </Dialog>
  );
}

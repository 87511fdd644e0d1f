"use client";

import { useState } from "react";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import type { CreatedApiKeyOutput } from "@/lib/api-keys/schemas";
import { CreateApiKeyForm } from "./create-api-key-form";
import { CreatedApiKey } from "./created-api-key";

type CreateApiKeyDialogProps = { open: boolean; onOpenChange: (open: boolean) => void };

/** The form, then the key. While the key is shown, a stray click outside does not take it away. */
export function CreateApiKeyDialog({ open, onOpenChange }: CreateApiKeyDialogProps) {
  const [created, setCreated] = useState<CreatedApiKeyOutput>();
  const close = () => {
    onOpenChange(false);
    setCreated(undefined);
  };
  return (
    <Dialog open={open} onOpenChange={(next) => (next ? onOpenChange(true) : close())}>
      <DialogContent className="sm:max-w-lg" onInteractOutside={(event) => created && event.preventDefault()}>
        {created ? (
          <CreatedApiKey created={created} onDone={close} />
        ) : (
          <CreateApiKeyForm onCreated={setCreated} onCancel={close} />
        )}
      </DialogContent>
    </Dialog>
  );
}

"use client";

import { useState } from "react";
import { useSaveView, useUpdateView } from "@/components/data/use-saved-views";
import {
  Dialog,
  DialogBody,
  DialogContent,
  DialogDescription,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog";
import { FormField } from "@/components/ui/field";
import { FormFooter } from "@/components/ui/form-footer";
import { Input } from "@/components/ui/input";
import { ApiError } from "@/lib/api-client/api-error";
import type { SavedViewOutput } from "@/lib/contract/saved-views";
import { savedViewNameMax } from "@/lib/core/saved-views";

/** Asks for the name of a new view of `filters`, or for another one of `view`. */
export function ViewNameDialog({
  onClose,
  onSaved,
  ...given
}: { onClose: () => void; onSaved: (view: SavedViewOutput) => void } & (
  | { filters: Pick<SavedViewOutput, "log" | "query"> }
  | { view: SavedViewOutput }
)) {
  const save = useSaveView();
  const update = useUpdateView();
  const renamed = "view" in given ? given.view : null;
  const [name, setName] = useState(renamed?.name ?? "");
  const error = save.error ?? update.error;
  const wrong = error instanceof ApiError ? error.errors.find(({ path }) => path === "name") : undefined;
  const pending = save.isPending || update.isPending;
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent className="sm:max-w-md">
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            if ("view" in given) update.mutate({ id: given.view.id, name }, { onSuccess: onSaved });
            else save.mutate({ name, ...given.filters }, { onSuccess: onSaved });
          }}
        >
          <DialogHeader>
            <DialogTitle className="break-words">
              {renamed ? `Rename ${renamed.name}` : "Save as a new view"}
            </DialogTitle>
            <DialogDescription>
              {renamed ? "Its filters do not change." : "It saves the current filters. Only you can see it."}
            </DialogDescription>
          </DialogHeader>
          <DialogBody>
            <FormField label="Name" error={wrong?.message ?? error?.message}>
              {(control) => (
                <Input
                  {...control}
                  autoComplete="off"
                  maxLength={savedViewNameMax}
                  placeholder="Failed invoices"
                  value={name}
                  onChange={(event) => setName(event.target.value)}
                />
              )}
            </FormField>
          </DialogBody>
          <FormFooter pending={pending} onCancel={onClose}>
            {pending ? "Saving…" : renamed ? "Rename" : "Save view"}
          </FormFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}

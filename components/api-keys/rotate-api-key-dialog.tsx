"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import {
  Dialog,
  DialogBody,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog";
import { FieldError } from "@/components/ui/field";
import { RadioGroup, RadioGroupItem } from "@/components/ui/radio-group";
import type { ApiKeyOutput, CreatedApiKeyOutput } from "@/lib/contract/api-keys";
import { CreatedApiKey } from "./created-api-key";
import { useRotateApiKey } from "./use-api-keys";

const overlaps = [
  { hours: 0, label: "Revoke it now" },
  { hours: 1, label: "Keep it for an hour" },
  { hours: 24, label: "Keep it for a day" },
  { hours: 168, label: "Keep it for a week" },
];

/** Asks how long the old key keeps working, then shows the new one once. */
export function RotateApiKeyDialog({ apiKey, onClose }: { apiKey: ApiKeyOutput; onClose: () => void }) {
  const rotate = useRotateApiKey();
  const [created, setCreated] = useState<CreatedApiKeyOutput>();
  const [hours, setHours] = useState(24);
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent className="sm:max-w-lg" onInteractOutside={(event) => created && event.preventDefault()}>
        {created ? (
          <CreatedApiKey created={created} onDone={onClose} />
        ) : (
          <>
            <DialogHeader>
              <DialogTitle className="break-words">Rotate {apiKey.name}?</DialogTitle>
              <DialogDescription>
                You get a new key with the same scopes, and become its owner. What happens to{" "}
                <span className="font-mono text-xs">{apiKey.hint}</span>?
              </DialogDescription>
            </DialogHeader>
            <DialogBody>
              <RadioGroup
                aria-label="The old key"
                value={String(hours)}
                onValueChange={(value) => setHours(Number(value))}
              >
                {overlaps.map((one) => (
                  <div key={one.hours} className="flex items-center gap-2">
                    <RadioGroupItem id={`overlap-${one.hours}`} value={String(one.hours)} />
                    <label htmlFor={`overlap-${one.hours}`} className="cursor-pointer">
                      {one.label}
                    </label>
                  </div>
                ))}
              </RadioGroup>
              <FieldError className="rounded-md bg-danger-soft px-2.5 py-2 text-sm">
                {rotate.error?.message}
              </FieldError>
            </DialogBody>
            <DialogFooter onCancel={onClose}>
              <Button
                pending={rotate.isPending}
                onClick={() =>
                  rotate.mutate({ id: apiKey.id, overlapHours: hours }, { onSuccess: setCreated })
                }
              >
                {rotate.isPending ? "Making a key…" : "Rotate key"}
              </Button>
            </DialogFooter>
          </>
        )}
      </DialogContent>
    </Dialog>
  );
}

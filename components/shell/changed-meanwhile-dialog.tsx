"use client";

import { useId, useState } from "react";
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
import { RadioGroup, RadioGroupItem } from "@/components/ui/radio-group";
import type { MeanwhileField } from "./changed-meanwhile";

/** Shows what another person saved while a form was open, and asks which value to keep if both changed a field. */
export function ChangedMeanwhileDialog({
  what,
  fields,
  onSave,
  onClose,
}: {
  /** As in "The webhook was changed meanwhile". */
  what: string;
  fields: readonly MeanwhileField[];
  /** Called with the fields whose other value was kept. */
  onSave: (keptTheirs: ReadonlySet<string>) => void;
  onClose: () => void;
}) {
  const [keptTheirs, setKeptTheirs] = useState<ReadonlySet<string>>(new Set());
  const asks = fields.some(({ yours }) => yours !== null);
  const choose = (field: string, whose: string) => {
    const others = [...keptTheirs].filter((one) => one !== field);
    setKeptTheirs(new Set(whose === "theirs" ? [...others, field] : others));
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent>
        <DialogHeader>
          <DialogTitle>The {what} has changed</DialogTitle>
          <DialogDescription>
            Someone saved these values after you opened the form.{" "}
            {asks ? "Choose which to keep." : "Their values stay."} Your other changes are saved too.
          </DialogDescription>
        </DialogHeader>
        <DialogBody className="max-h-[50dvh] overflow-y-auto">
          {fields.map((one) => (
            <Field
              key={one.field}
              {...one}
              whose={keptTheirs.has(one.field) ? "theirs" : "yours"}
              onChoose={(whose) => choose(one.field, whose)}
            />
          ))}
        </DialogBody>
        <DialogFooter>
          <Button variant="outline" onClick={onClose}>
            Keep editing
          </Button>
          <Button onClick={() => onSave(keptTheirs)}>Save</Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}

function Field({
  label,
  theirs,
  yours,
  whose,
  onChoose,
}: MeanwhileField & { whose: string; onChoose: (whose: string) => void }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="grid grid-cols-1 gap-1.5">
      <h3 id={id} className="font-medium">
        {label}
      </h3>
      {yours === null ? (
        <Version whose="Theirs" value={theirs} />
      ) : (
        <RadioGroup aria-labelledby={id} value={whose} onValueChange={onChoose}>
          <Version whose="Theirs" value={theirs} choice="theirs" />
          <Version whose="Yours" value={yours} choice="yours" />
        </RadioGroup>
      )}
    </section>
  );
}

/** One side's value; with `choice`, a selectable one. */
function Version({ whose, value, choice }: { whose: string; value: string; choice?: string }) {
  const id = useId();
  return (
    <div className="flex items-start gap-2.5 rounded-md border border-border px-3 py-2 has-[input:checked]:border-primary has-[input:checked]:bg-primary-soft/40">
      {choice && (
        <RadioGroupItem id={id} value={choice} aria-describedby={`${id}-value`} className="mt-0.5" />
      )}
      <label htmlFor={choice ? id : undefined} className="w-12 shrink-0 text-muted-foreground">
        {whose}
      </label>
      <p id={`${id}-value`} className="min-w-0 flex-1 break-words">
        {value}
      </p>
    </div>
  );
}

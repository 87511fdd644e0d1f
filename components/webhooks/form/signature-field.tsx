"use client";

import { useId } from "react";
import { RadioGroup, RadioGroupItem } from "@/components/ui/radio-group";
import { signatureTexts } from "@/components/webhooks/signature/signature-texts";
import { type SignatureKind, signatureKinds } from "@/lib/core/endpoints";

/** How requests are signed. `saved` is the previous kind, if a webhook is edited. */
export function SignatureField({
  value,
  saved,
  onChange,
}: {
  value: SignatureKind;
  saved: SignatureKind | undefined;
  onChange: (value: SignatureKind) => void;
}) {
  const id = useId();
  const select = (choice: string) => {
    const kind = signatureKinds.find((one) => one === choice);
    if (kind) onChange(kind);
  };
  return (
    <fieldset className="grid min-w-0 gap-3">
      <legend className="mb-1 font-semibold text-base">Signature</legend>
      <p className="text-muted-foreground">
        Each request is signed, so the receiver can check that it comes from Posthorn and was not changed.
      </p>
      <RadioGroup aria-label="Signature" value={value} onValueChange={select} className="gap-3">
        {Object.entries(signatureTexts).map(([kind, { name, about }]) => (
          <span key={kind} className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2">
            <RadioGroupItem
              id={`${id}-${kind}`}
              value={kind}
              className="mt-0.5"
              aria-describedby={`${id}-${kind}-about`}
            />
            <label htmlFor={`${id}-${kind}`} className="cursor-pointer font-medium">
              {name}
            </label>
            <span id={`${id}-${kind}-about`} className="col-start-2 text-muted-foreground">
              {about}
            </span>
          </span>
        ))}
      </RadioGroup>
      {saved && saved !== value && (
        <p role="status" className="rounded-md border border-border bg-surface px-3 py-2">
          For 24 hours, each request carries both signatures, {signatureTexts[value].name} and{" "}
          {signatureTexts[saved].name}, so you can update the receiver in that time.
          {[value, saved].map(
            (kind) => signatureTexts[kind].besideOthers && ` ${signatureTexts[kind].besideOthers}`,
          )}
        </p>
      )}
    </fieldset>
  );
}

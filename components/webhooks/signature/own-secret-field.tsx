"use client";

import { TriangleAlert } from "lucide-react";
import { type ComponentProps, useId } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { FormField } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { SignatureKind } from "@/lib/core/endpoints";
import { hexSecret, signatureForms } from "@/lib/core/signatures";
import { signatureTexts } from "./signature-texts";

/** An imported secret from another system; warns of one that looks like hex, which must be confirmed to be base64. */
export function OwnSecretField({
  kind,
  text,
  error,
  isBase64,
  onIsBase64Change,
  ...input
}: {
  kind: SignatureKind;
  /** What is typed. */
  text: string;
  error: string | undefined;
  isBase64: boolean;
  onIsBase64Change: (isBase64: boolean) => void;
} & Pick<ComponentProps<"input">, "name" | "ref" | "value" | "onChange" | "onBlur">) {
  const id = useId();
  const form = signatureForms[kind].secret;
  const texts = signatureTexts[kind].secret;
  if (!form || !texts) return null;
  const isHex = texts.hexWarning !== null && hexSecret.test(text.trim());
  return (
    <div className="grid grid-cols-1 gap-2">
      <FormField
        label={texts.ownLabel}
        description={`Import one from Svix or another sender of Standard Webhooks: ${form.prefix} and base64 of ${form.sizes}. If empty, a new one is generated.`}
        error={error && isHex && !isBase64 ? "confirm below that it is base64, or leave it empty" : error}
        optional
      >
        {(field) => (
          <Input
            {...field}
            {...input}
            autoComplete="off"
            spellCheck={false}
            placeholder={`${form.prefix}…`}
            className="font-mono text-xs"
          />
        )}
      </FormField>
      {isHex && (
        <div role="status" className="grid gap-1.5 text-warning text-xs">
          <p className="flex items-start gap-1.5">
            <TriangleAlert aria-hidden="true" className="mt-px size-3.5 shrink-0" />
            {texts.hexWarning}
          </p>
          <span className="flex items-center gap-2 text-foreground text-sm">
            <Checkbox id={id} checked={isBase64} onCheckedChange={onIsBase64Change} />
            <label htmlFor={id} className="cursor-pointer">
              It is base64
            </label>
          </span>
        </div>
      )}
    </div>
  );
}

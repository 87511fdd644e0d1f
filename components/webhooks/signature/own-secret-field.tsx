"use client";

import { TriangleAlert } from "lucide-react";
import { type ComponentProps, useId } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { FormField } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { SignatureKind } from "@/lib/core/endpoints";
import { hexSecret, signatureForms } from "@/lib/core/signatures";

type SecretKind = Exclude<SignatureKind, "jwt">;

const about: Record<SecretKind, { label: string; form: string }> = {
  hmac: { label: "Own signature token", form: "whsec_ and base64 of 24 to 75 bytes" },
  ed25519: { label: "Own private key", form: "whsk_ and base64 of 32 or 64 bytes" },
};

/** A secret brought along from another system; warns of one that looks like hex, which must be confirmed to be base64. */
export function OwnSecretField({
  kind,
  text,
  error,
  isBase64,
  onIsBase64Change,
  ...input
}: {
  kind: SecretKind;
  /** What is typed. */
  text: string;
  error: string | undefined;
  isBase64: boolean;
  onIsBase64Change: (isBase64: boolean) => void;
} & Pick<ComponentProps<"input">, "name" | "ref" | "value" | "onChange" | "onBlur">) {
  const id = useId();
  const isHex = kind === "hmac" && hexSecret.test(text.trim());
  return (
    <div className="grid grid-cols-1 gap-2">
      <FormField
        label={about[kind].label}
        description={`Bring a known one along from Svix or another sender of Standard Webhooks: ${about[kind].form}. Left empty, a new one is made.`}
        error={error && isHex && !isBase64 ? "confirm below that it is base64, or leave it empty" : error}
        optional
      >
        {(field) => (
          <Input
            {...field}
            {...input}
            autoComplete="off"
            spellCheck={false}
            placeholder={`${signatureForms[kind].secret.prefix}…`}
            className="font-mono text-xs"
          />
        )}
      </FormField>
      {isHex && (
        <div role="status" className="grid gap-1.5 text-warning text-xs">
          <p className="flex items-start gap-1.5">
            <TriangleAlert aria-hidden="true" className="mt-px size-3.5 shrink-0" />
            This looks like hex, as Dub's secrets are. Posthorn reads it as base64, so its signatures would
            differ from those of a system that signs with the hex or the text itself, and the receiver would
            refuse them.
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

"use client";

import { Plus, X } from "lucide-react";
import { useId, useRef } from "react";
import { Button } from "@/components/ui/button";
import { FieldError } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { HeaderValue } from "./webhook-form-values";

/**
 * Custom headers as rows of name and value. Stored values are never returned: until they are replaced, only names are
 * shown.
 */
export function HeadersField({
  value,
  storedNames,
  errors,
  onChange,
}: {
  /** `null` keeps what is stored. */
  value: HeaderValue[] | null;
  storedNames: readonly string[];
  /** By path, as in `headers.0`. */
  errors: ReadonlyMap<string, string>;
  onChange: (value: HeaderValue[] | null) => void;
}) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const addRef = useRef<HTMLButtonElement>(null);

  if (value === null) {
    return (
      <fieldset className="grid gap-2">
        <legend className="mb-1 font-medium">Custom headers</legend>
        <ul className="grid gap-1">
          {storedNames.map((name) => (
            <li key={name} className="font-mono text-xs">
              {name}: <span className="text-muted-foreground">••••••••</span>
            </li>
          ))}
        </ul>
        <p className="text-muted-foreground text-xs">
          Values are stored encrypted and never shown again. To change one, enter all of them again.
        </p>
        <Button
          variant="outline"
          size="sm"
          className="justify-self-start"
          onClick={() => onChange(storedNames.map((name) => ({ name, value: "" })))}
        >
          Replace headers
        </Button>
      </fieldset>
    );
  }

  const change = (index: number, patch: Partial<HeaderValue>) =>
    onChange(value.map((header, at) => (at === index ? { ...header, ...patch } : header)));

  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1 font-medium">Custom headers</legend>
      <p className="text-muted-foreground text-xs">
        Sent with each request, for example an API key of the receiver. Values are stored encrypted and never
        shown again.
      </p>
      <div ref={list} className="grid gap-2">
        {value.map((header, index) => {
          const error = errors.get(`headers.${index}`);
          const described = error ? `${id}-${index}` : undefined;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row has no identity but its place
            <div key={index} className="grid gap-1">
              <div className="flex gap-2">
                <Input
                  aria-label={`Name of header ${index + 1}`}
                  aria-invalid={error ? true : undefined}
                  aria-describedby={described}
                  placeholder="X-Api-Key"
                  autoComplete="off"
                  spellCheck={false}
                  className="w-2/5 font-mono text-xs"
                  value={header.name}
                  onChange={(event) => change(index, { name: event.target.value })}
                />
                <Input
                  aria-label={`Value of header ${index + 1}`}
                  aria-invalid={error ? true : undefined}
                  aria-describedby={described}
                  placeholder="Value"
                  autoComplete="off"
                  spellCheck={false}
                  className="flex-1 font-mono text-xs"
                  value={header.value}
                  onChange={(event) => change(index, { value: event.target.value })}
                />
                <Button
                  variant="ghost"
                  size="icon"
                  aria-label={`Remove header ${index + 1}`}
                  onClick={() => {
                    onChange(value.filter((_, at) => at !== index));
                    addRef.current?.focus();
                  }}
                >
                  <X aria-hidden="true" />
                </Button>
              </div>
              <FieldError id={described}>{error}</FieldError>
            </div>
          );
        })}
      </div>
      <FieldError>{errors.get("headers")}</FieldError>
      <div className="flex gap-2">
        <Button
          ref={addRef}
          variant="outline"
          size="sm"
          onClick={() => {
            onChange([...value, { name: "", value: "" }]);
            requestAnimationFrame(() => {
              list.current?.querySelector<HTMLInputElement>(":scope > :last-child input")?.focus();
            });
          }}
        >
          <Plus aria-hidden="true" />
          Add header
        </Button>
        {storedNames.length > 0 && (
          <Button variant="ghost" size="sm" onClick={() => onChange(null)}>
            Keep the saved headers
          </Button>
        )}
      </div>
    </fieldset>
  );
}

"use client";

import { type Ref, useId } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { FieldError } from "@/components/ui/field";
import { type ApiKeyScope, apiKeyScopes, scopeDescriptions } from "@/lib/core/api-keys";

type ScopeCheckboxesProps = {
  value: ApiKeyScope[];
  onChange: (scopes: ApiKeyScope[]) => void;
  /** The scopes that may be chosen. */
  offered?: readonly ApiKeyScope[];
  /** For the first box, which is focused if the choice is invalid. */
  firstRef?: Ref<HTMLInputElement>;
  error?: string;
};

export function ScopeCheckboxes({
  value,
  onChange,
  offered = apiKeyScopes,
  firstRef,
  error,
}: ScopeCheckboxesProps) {
  const id = useId();
  const all = value.length === offered.length;
  const toggle = (scope: ApiKeyScope, checked: boolean) =>
    onChange(offered.filter((one) => (one === scope ? checked : value.includes(one))));
  return (
    <fieldset aria-describedby={error && `${id}-error`} className="grid gap-1.5">
      <legend className="sr-only">Scopes</legend>
      <div className="flex items-center justify-between">
        <span aria-hidden="true" className="font-medium">
          Scopes
        </span>
        <Button variant="link" size="sm" onClick={() => onChange(all ? [] : [...offered])}>
          {all ? "Clear all" : "Select all"}
        </Button>
      </div>
      <div className="divide-y divide-border rounded-md border border-border">
        {offered.map((scope, index) => (
          <label
            key={scope}
            htmlFor={`${id}-${scope}`}
            className="flex min-h-8 cursor-pointer items-center gap-2.5 px-2.5 py-1 hover:bg-muted"
          >
            <Checkbox
              id={`${id}-${scope}`}
              ref={index === 0 ? firstRef : undefined}
              checked={value.includes(scope)}
              onCheckedChange={(checked) => toggle(scope, checked === true)}
              aria-invalid={error ? true : undefined}
            />
            <span className="min-w-0 flex-1">{scopeDescriptions[scope]}</span>
            <span className="font-mono text-muted-foreground text-xs">{scope}</span>
          </label>
        ))}
      </div>
      <FieldError id={`${id}-error`}>{error}</FieldError>
    </fieldset>
  );
}

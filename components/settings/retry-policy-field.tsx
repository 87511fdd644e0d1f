"use client";

import { useId } from "react";
import { FieldError } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { RadioGroup, RadioGroupItem } from "@/components/ui/radio-group";
import {
  policyRetriesMax,
  type RetryPolicy,
  retriedFailures,
  retryPolicyDefault,
} from "@/lib/endpoints/constants";
import type { UpdateWorkspaceInput } from "@/lib/workspaces/schemas";

const retriesSuggested = 5;

const failureWords = {
  any: "Any failure",
  "5xx": "Only 5xx answers and no answer; anything else ends the delivery as failed",
} satisfies Record<RetryPolicy["retryOn"], string>;

/** How often, and after what, webhooks without a policy of their own are tried again. */
export function RetryPolicyField({
  value = retryPolicyDefault,
  error,
  onChange,
}: {
  value: UpdateWorkspaceInput["retryPolicy"];
  error: string | undefined;
  onChange: (value: UpdateWorkspaceInput["retryPolicy"]) => void;
}) {
  const id = useId();
  const { retries, retryOn } = value;
  return (
    <section aria-label="Retries" className="grid min-w-0 grid-cols-1 gap-4">
      <div>
        <h2 className="mb-1 font-semibold text-base">Retries</h2>
        <p className="text-muted-foreground">For webhooks that have no retry policy of their own.</p>
      </div>
      <div className="grid grid-cols-1 gap-1.5">
        <RadioGroup
          aria-label="How often"
          value={retries === null ? "delivered" : "limited"}
          onValueChange={(choice) =>
            onChange({ retryOn, retries: choice === "delivered" ? null : retriesSuggested })
          }
        >
          <span className="flex items-center gap-2">
            <RadioGroupItem id={`${id}-delivered`} value="delivered" />
            <label htmlFor={`${id}-delivered`} className="cursor-pointer">
              Until delivered
            </label>
          </span>
          <span className="flex min-h-8 flex-wrap items-center gap-2">
            <RadioGroupItem id={`${id}-limited`} value="limited" />
            <label htmlFor={`${id}-limited`} className="cursor-pointer">
              A number of retries, then failed
            </label>
            {retries !== null && (
              <Input
                aria-label="Number of retries"
                aria-invalid={error ? true : undefined}
                aria-describedby={error ? `${id}-error` : undefined}
                type="number"
                inputMode="numeric"
                min={0}
                max={policyRetriesMax}
                value={Number.isNaN(Number(retries)) ? "" : String(retries)}
                onChange={(event) => onChange({ retryOn, retries: event.currentTarget.valueAsNumber })}
                className="w-20 tabular-nums"
              />
            )}
          </span>
        </RadioGroup>
        <FieldError id={`${id}-error`}>{error}</FieldError>
      </div>
      <RadioGroup
        aria-labelledby={`${id}-after`}
        value={retryOn}
        onValueChange={(choice) => {
          const chosen = retriedFailures.find((one) => one === choice);
          if (chosen) onChange({ retries, retryOn: chosen });
        }}
      >
        <p id={`${id}-after`} className="font-medium">
          What is retried
        </p>
        {retriedFailures.map((failure) => (
          <span key={failure} className="flex items-start gap-2">
            <RadioGroupItem id={`${id}-${failure}`} value={failure} className="mt-0.5" />
            <label htmlFor={`${id}-${failure}`} className="cursor-pointer">
              {failureWords[failure]}
            </label>
          </span>
        ))}
      </RadioGroup>
    </section>
  );
}

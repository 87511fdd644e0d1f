"use client";

import { useId, useState } from "react";
import { FieldError } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { RadioGroup, RadioGroupItem } from "@/components/ui/radio-group";
import { policyRetriesMax, type RetryPolicy, retriedFailures } from "@/lib/core/endpoints";
import { describeRetries } from "./describe-retries";

const fewRetries = 3;

type Choice = "workspace" | "delivered" | "few" | "custom";
const labels: Record<Choice, string> = {
  workspace: "Workspace default",
  delivered: "Until delivered",
  few: `${fewRetries} retries`,
  custom: "Custom",
};
const choices: readonly Choice[] = ["workspace", "delivered", "few", "custom"];

const failureLabels: Record<RetryPolicy["retryOn"], string> = {
  any: "Any failure",
  "5xx": "Only after a 5xx or no response; any other failure ends the delivery",
};

type Props = {
  error: string | undefined;
  /** For a legend that only screen readers need, below a heading. */
  legendClassName?: string;
} & (
  | {
      /** Whether the workspace's policy can be used instead, by a value of `null`. */
      mayInherit: true;
      value: RetryPolicy | null;
      onChange: (value: RetryPolicy | null) => void;
    }
  | { mayInherit: false; value: RetryPolicy; onChange: (value: RetryPolicy) => void }
);

/** When failed deliveries are retried, with the resulting waits. `retries` is NaN while the box is empty. */
export function RetryPolicyField({ error, legendClassName = "mb-1 font-medium", ...props }: Props) {
  const { value, mayInherit, onChange } = props;
  const id = useId();
  /** A typed number may equal that of another choice. */
  const [isCustom, setIsCustom] = useState(false);
  const choice = isCustom && choiceOf(value) === "few" ? "custom" : choiceOf(value);
  const retryOn = value?.retryOn ?? "any";
  const choose = (next: string) => {
    const found = choices.find((one) => one === next);
    if (!found) return;
    setIsCustom(found === "custom");
    if (found !== "workspace") onChange({ retries: found === "delivered" ? null : fewRetries, retryOn });
    else if (props.mayInherit) props.onChange(null);
  };
  const retries = value && !Number.isNaN(value.retries) ? value.retries : undefined;
  return (
    <fieldset className="grid gap-2">
      <legend className={legendClassName}>Retries</legend>
      <RadioGroup
        aria-label="Retries"
        value={choice}
        onValueChange={choose}
        className="flex flex-wrap gap-x-5 gap-y-2"
      >
        {choices
          .filter((one) => mayInherit || one !== "workspace")
          .map((one) => (
            <span key={one} className="flex items-center gap-2">
              <RadioGroupItem id={`${id}-${one}`} value={one} />
              <label htmlFor={`${id}-${one}`} className="cursor-pointer">
                {labels[one]}
              </label>
            </span>
          ))}
      </RadioGroup>
      {choice === "custom" && (
        <span className="flex items-center gap-2">
          <Input
            id={`${id}-retries`}
            type="number"
            min={0}
            max={policyRetriesMax}
            aria-label="Number of retries"
            aria-invalid={error ? true : undefined}
            aria-describedby={error ? `${id}-error` : undefined}
            className="w-20 tabular-nums"
            value={value?.retries === null || Number.isNaN(value?.retries) ? "" : value?.retries}
            onChange={(event) => onChange({ retries: event.target.valueAsNumber, retryOn })}
          />
          <label htmlFor={`${id}-retries`}>retries, 0 to {policyRetriesMax}</label>
        </span>
      )}
      <FieldError id={`${id}-error`}>{error}</FieldError>
      <p aria-live="polite" className="text-muted-foreground text-xs">
        {value === null
          ? "Until delivered, unless the workspace has another policy."
          : retries !== undefined &&
            (retries === 0
              ? "One attempt; a failed delivery is not retried."
              : retries === null
                ? `Retried after ${describeRetries(null)}, until it is delivered.`
                : retries > 0 && retries <= policyRetriesMax
                  ? `Retried after ${describeRetries(retries)}; then it has failed.`
                  : "")}
      </p>
      {value !== null && retries !== 0 && (
        <RadioGroup
          aria-label="Retry on"
          value={retryOn}
          onValueChange={(next) => {
            const found = retriedFailures.find((one) => one === next);
            if (found) onChange({ retries: value.retries, retryOn: found });
          }}
        >
          <p aria-hidden="true">Retry on</p>
          {retriedFailures.map((one) => (
            <span key={one} className="flex items-start gap-2">
              <RadioGroupItem id={`${id}-on-${one}`} value={one} className="mt-0.5" />
              <label htmlFor={`${id}-on-${one}`} className="cursor-pointer">
                {failureLabels[one]}
              </label>
            </span>
          ))}
        </RadioGroup>
      )}
    </fieldset>
  );
}

function choiceOf(value: RetryPolicy | null): Choice {
  if (value === null) return "workspace";
  if (value.retries === null) return "delivered";
  return value.retries === fewRetries ? "few" : "custom";
}

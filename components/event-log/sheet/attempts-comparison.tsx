"use client";

import { useId, useState } from "react";
import { formatDuration, formatFull } from "@/components/ui/format-time";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import { Spinner } from "@/components/ui/spinner";
import { AbsoluteTime } from "@/components/ui/time";
import type { AttemptOutput, DeliveryDetailOutput } from "@/lib/contract/deliveries";
import { compareAttempts, compareTimings, pairToCompare } from "./compare-attempts";
import { describeFailure } from "./describe-failure";
import { useLastSuccess } from "./use-last-success";

const referenceId = "reference";
/** Of a value that is shown. */
const charactersMax = 2_000;

/** Two attempts side by side with their differences, by default the first failure and the last success before it. */
export function AttemptsComparison({ delivery }: { delivery: DeliveryDetailOutput }) {
  const { attemptLog } = delivery;
  const { data, isPending } = useLastSuccess(delivery);
  const reference = data?.attempt;
  const [chosen, setChosen] = useState<{ before?: string; after?: string }>({});
  const pair = pairToCompare(attemptLog, reference ?? null);
  const idOf = (attempt: AttemptOutput | undefined) =>
    attempt === reference ? referenceId : (attempt?.id ?? "");
  const find = (id: string | undefined) =>
    id === referenceId ? (reference ?? undefined) : attemptLog.find((one) => one.id === id);
  const before = find(chosen.before) ?? pair?.before ?? attemptLog.at(-1);
  const after = find(chosen.after) ?? pair?.after ?? attemptLog[0];
  if (isPending) {
    return (
      <p role="status" className="flex items-center gap-2 text-muted-foreground">
        <Spinner /> Looking for the last success of the webhook…
      </p>
    );
  }
  const options = [
    ...(reference ? [{ id: referenceId, label: `Last success of the webhook` }] : []),
    ...attemptLog.map((attempt) => ({ id: attempt.id, label: labelOf(attempt) })),
  ];
  return (
    <div className="grid grid-cols-1 gap-3 rounded-md border border-border bg-surface px-3 py-3">
      <div className="grid grid-cols-2 gap-2">
        <Picker
          label="Before"
          value={idOf(before)}
          options={options}
          onChange={(id) => setChosen({ ...chosen, before: id })}
        />
        <Picker
          label="After"
          value={idOf(after)}
          options={options}
          onChange={(id) => setChosen({ ...chosen, after: id })}
        />
      </div>
      {before && after && before === after && (
        <p className="text-muted-foreground">
          {attemptLog.length > 1 ? (
            "Choose two attempts."
          ) : data?.lookedBackTo ? (
            <>
              There is nothing to compare it with: no success of the webhook was found back to{" "}
              <AbsoluteTime value={data.lookedBackTo} day="unless today" />.
            </>
          ) : (
            "There is nothing to compare it with: the webhook has not succeeded before."
          )}
        </p>
      )}
      {before && after && before !== after && (
        <Differences before={before} after={after} isReference={before === reference} />
      )}
    </div>
  );
}

function labelOf(attempt: AttemptOutput): string {
  const result = attempt.httpStatus ?? describeFailure(attempt)?.title ?? "no response";
  return `#${attempt.number} · ${result}`;
}

function Picker({
  label,
  value,
  options,
  onChange,
}: {
  label: string;
  value: string;
  options: { id: string; label: string }[];
  onChange: (id: string) => void;
}) {
  const id = useId();
  return (
    <div className="grid min-w-0 gap-1">
      <span id={id} className="font-medium text-muted-foreground text-xs">
        {label}
      </span>
      <Select value={value} onValueChange={onChange}>
        <SelectTrigger size="sm" aria-labelledby={id} className="w-full min-w-0">
          <SelectValue />
        </SelectTrigger>
        <SelectContent>
          {options.map((option) => (
            <SelectItem key={option.id} value={option.id}>
              {option.label}
            </SelectItem>
          ))}
        </SelectContent>
      </Select>
    </div>
  );
}

function Differences({
  before,
  after,
  isReference,
}: {
  before: AttemptOutput;
  after: AttemptOutput;
  isReference: boolean;
}) {
  const differences = compareAttempts(before, after);
  return (
    <>
      {isReference && (
        <p className="text-muted-foreground text-xs">
          The last success was for another event, {formatFull(new Date(before.startedAt))}.
        </p>
      )}
      {differences.length === 0 ? (
        <p className="text-muted-foreground">
          They only differ in their times and signatures, and in what is shown below.
        </p>
      ) : (
        <ul aria-label="What changed" className="grid grid-cols-1 gap-3">
          {differences.map((one) => (
            <li key={one.part} className="grid grid-cols-1 gap-1">
              <h4 className="font-medium text-muted-foreground text-xs">{one.part}</h4>
              <Value sign="−" text={one.before} className="bg-muted" />
              <Value sign="+" text={one.after} className="bg-primary-soft" />
            </li>
          ))}
        </ul>
      )}
      <table className="w-full text-xs">
        <caption className="sr-only">Time</caption>
        <thead>
          <tr className="text-muted-foreground">
            <th scope="col" className="py-1 text-left font-medium">
              Time
            </th>
            <th scope="col" className="py-1 text-right font-medium">
              Before
            </th>
            <th scope="col" className="py-1 text-right font-medium">
              After
            </th>
          </tr>
        </thead>
        <tbody>
          {compareTimings(before, after).map((row) => (
            <tr key={row.label} className="border-border border-t">
              <th scope="row" className="py-1 text-left font-normal text-muted-foreground">
                {row.label}
              </th>
              <td className="py-1 text-right">{row.before === null ? "–" : formatDuration(row.before)}</td>
              <td className="py-1 text-right">{row.after === null ? "–" : formatDuration(row.after)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function Value({ sign, text, className }: { sign: string; text: string | null; className: string }) {
  const shown = text === null ? "none" : text === "" ? "empty" : text.slice(0, charactersMax);
  return (
    <p
      className={`flex gap-2 whitespace-pre-wrap break-all rounded-sm px-2 py-1 font-mono text-xs ${className}`}
    >
      <span aria-label={sign === "+" ? "after" : "before"} role="img">
        {sign}
      </span>
      <span className={text ? undefined : "text-muted-foreground"}>
        {shown}
        {text && text.length > charactersMax && "…"}
      </span>
    </p>
  );
}

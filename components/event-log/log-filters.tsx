"use client";

import { X } from "lucide-react";
import dynamic from "next/dynamic";
import { useEventTypes, useWebhooks } from "@/components/data/use-webhooks";
import { Button } from "@/components/ui/button";
import { formatFull, formatMoment, formatSpan } from "@/components/ui/format-time";
import { useNow } from "@/components/ui/use-now";
import type { DeliveriesFilter, DeliveryCountsOutput } from "@/lib/contract/deliveries";
import { attemptErrors, attemptErrorTexts } from "@/lib/core/deliveries";
import { focusFirstFilter } from "./focus-first-filter";
import { hasFilters, type LogParams, noFilters, responseClasses } from "./log-params";
import { type FilterOption, MultiFilter } from "./multi-filter";
import { StatusCount } from "./status-count";

const ResponseCodeInput = dynamic(async () => (await import("./response-code-input")).ResponseCodeInput);

/** The statuses offered; `pending`, which links use, stands for the first two. */
const statusOptions: FilterOption<keyof DeliveryCountsOutput>[] = [
  { value: "waiting", label: "Waiting" },
  { value: "retrying", label: "Retrying" },
  { value: "failed", label: "Failed" },
  { value: "held", label: "Held" },
  { value: "succeeded", label: "Succeeded" },
  { value: "discarded", label: "Discarded" },
];
const attemptOptions = [2, 3, 5, 10].map((count) => ({ value: String(count), label: `${count} or more` }));
const causeOptions = attemptErrors.map((value) => ({ value, label: attemptErrorTexts[value].title }));
const responseLabels: Record<(typeof responseClasses)[number], string> = {
  "2xx": "2xx success",
  "3xx": "3xx redirect",
  "4xx": "4xx refused",
  "5xx": "5xx server error",
  none: "No response",
};

export type ChangeParams = (change: { [Name in keyof LogParams]?: LogParams[Name] | null }) => void;

/** Filters of the event log. `webhooks` adds the one by webhook. */
export function LogFilters({
  params,
  filter,
  onChange,
  webhooks,
}: {
  params: LogParams;
  /** The API's filter for `params`. */
  filter: DeliveriesFilter;
  onChange: ChangeParams;
  webhooks: boolean;
}) {
  const catalogue = useEventTypes();
  const typeNames = new Set([...(catalogue.data ?? []).map((type) => type.name), ...params.type]);
  const typeOptions = [...typeNames].toSorted().map((value) => ({ value, label: value, mono: true }));
  const responseOptions: FilterOption<string>[] = [
    ...responseClasses.map((value) => ({ value, label: responseLabels[value] })),
    ...params.response
      .filter((one) => !responseClasses.some((known) => known === one))
      .map((value) => ({ value, label: value })),
  ];
  return (
    <>
      <MultiFilter
        label="Status"
        options={statusOptions.map((option) => ({
          ...option,
          detail: <StatusCount status={option.value} filter={filter} />,
        }))}
        chosen={params.status.flatMap((one) =>
          one === "pending" ? (["waiting", "retrying"] as const) : one,
        )}
        onChange={(status) => onChange({ status })}
      />
      <MultiFilter
        label="Type"
        options={typeOptions}
        chosen={params.type}
        onChange={(type) => onChange({ type })}
      />
      <MultiFilter
        label="Response"
        options={responseOptions}
        chosen={params.response}
        onChange={(response) => onChange({ response })}
      >
        <ResponseCodeInput
          onAdd={(status) => onChange({ response: [...new Set([...params.response, status])] })}
        />
      </MultiFilter>
      <MultiFilter
        label="Cause"
        options={causeOptions}
        chosen={params.cause}
        onChange={(cause) => onChange({ cause })}
      />
      <MultiFilter
        label="Attempts"
        options={attemptOptions}
        chosen={params.attempts === null ? [] : [String(params.attempts)]}
        // The last one chosen is used: each contains those after it.
        onChange={(chosen) => onChange({ attempts: chosen.length > 0 ? Number(chosen.at(-1)) : null })}
      />
      {webhooks && <WebhookFilter params={params} onChange={onChange} />}
      {(params.from || params.to) && (
        <TimeChip from={params.from} to={params.to} onClear={() => onChange({ from: null, to: null })} />
      )}
      {/* By links only: no filter above shows them. */}
      {params.replay && (
        <Chip remove="Remove the filter by job" onClear={() => onChange({ replay: null })}>
          Sent again by a job
        </Chip>
      )}
      {params.group && (
        <Chip remove="Remove the filter by failure group" onClear={() => onChange({ group: null })}>
          One failure group
        </Chip>
      )}
      {hasFilters(params) && (
        <Button
          variant="ghost"
          size="sm"
          onClick={() => {
            focusFirstFilter();
            onChange(noFilters);
          }}
        >
          Clear all
        </Button>
      )}
    </>
  );
}

function WebhookFilter({ params, onChange }: { params: LogParams; onChange: ChangeParams }) {
  const list = useWebhooks();
  const known = (list.data?.data ?? []).map(({ id, name }) => ({ value: id, label: name }));
  // Links and saved views outlive a webhook.
  const deleted = params.webhook.filter((id) => list.data && !known.some(({ value }) => value === id));
  const options = [...known, ...deleted.map((value) => ({ value, label: "Deleted webhook" }))];
  return (
    <MultiFilter
      label="Webhook"
      options={options}
      chosen={params.webhook}
      onChange={(webhook) => onChange({ webhook })}
    />
  );
}

function TimeChip({ from, to, onClear }: { from: Date | null; to: Date | null; onClear: () => void }) {
  const now = useNow(60_000);
  if (!now) return null;
  const text = (date: Date) => formatMoment(date, now);
  return (
    <Chip
      title={[from, to].map((date) => (date ? formatFull(date) : "")).join(" – ")}
      remove="Remove the time range"
      onClear={onClear}
    >
      {from && to ? formatSpan(from, to, now) : from ? `Since ${text(from)}` : `Until ${to ? text(to) : ""}`}
    </Chip>
  );
}

/** A filter that can only be removed. */
function Chip({
  title,
  remove,
  onClear,
  children,
}: {
  title?: string;
  /** What a click does, for screen readers. */
  remove: string;
  onClear: () => void;
  children: string;
}) {
  return (
    <Button
      variant="outline"
      size="sm"
      title={title}
      className="border-primary text-link"
      onClick={() => {
        focusFirstFilter();
        onClear();
      }}
    >
      {children}
      <X aria-hidden="true" />
      <span className="sr-only">{remove}</span>
    </Button>
  );
}

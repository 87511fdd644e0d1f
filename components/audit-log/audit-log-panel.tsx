"use client";

import { Lock, ScrollText } from "lucide-react";
import { parseAsString, useQueryStates } from "nuqs";
import { useId } from "react";
import { downloadExport } from "@/components/data/download-export";
import { PageHeader } from "@/components/shell/page-header";
import { useCan, useWorkspace } from "@/components/shell/use-workspace";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Input } from "@/components/ui/input";
import { LoadMore } from "@/components/ui/load-more";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import { Skeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toast";
import { useReadError } from "@/components/ui/use-read-error";
import type { AuditLogFilter } from "@/lib/contract/audit-log";
import { auditActionNames, auditActions, isAuditAction } from "@/lib/core/audit";
import { AuditRow } from "./audit-row";
import { useAuditLog } from "./use-audit-log";

const anyAction = "any";

/** Settings › Audit log: who changed what, with its filters, in each of its states. */
export function AuditLogPanel() {
  const mayRead = useCan("auditLog:read");
  const [{ action, q }, setFilter] = useQueryStates({ action: parseAsString, q: parseAsString });
  const filter = { action: action !== null && isAuditAction(action) ? [action] : null, q: q || null };
  const isFiltered = filter.action !== null || filter.q !== null;
  const query = useAuditLog(filter, { enabled: mayRead });
  const failure = useReadError(query);
  const rows = query.data?.pages.flatMap((page) => page.data) ?? [];
  const clear = () => void setFilter({ action: null, q: null });

  return (
    <div className="max-w-5xl">
      <PageHeader
        title="Audit log"
        description="Who changed what in this workspace, when, and from where. Entries can't be changed."
        actions={mayRead && <Exports filter={filter} />}
      />
      {!mayRead ? (
        <EmptyState
          icon={Lock}
          title="You don't have access"
          description="Only an owner of this workspace sees its audit log."
        />
      ) : (
        <>
          <Filters
            key={q ?? ""}
            action={filter.action?.[0] ?? anyAction}
            q={q ?? ""}
            onChange={(change) => void setFilter(change)}
          />
          {failure ? (
            <ErrorState
              title="The audit log could not be loaded"
              error={failure}
              onRetry={() => query.refetch()}
              retrying={query.isFetching}
            />
          ) : query.isPending ? (
            <Skeleton className="h-72 w-full" />
          ) : rows.length === 0 ? (
            <EmptyState
              icon={ScrollText}
              title={isFiltered ? "Nothing matches" : "Nothing has changed yet"}
              description={
                isFiltered
                  ? "No entry has this action and text."
                  : "Every change to this workspace is listed here."
              }
              action={isFiltered && <Button onClick={clear}>Clear filters</Button>}
            />
          ) : (
            <ul
              aria-label="Changes, newest first"
              className="divide-y divide-border rounded-lg border border-border"
            >
              {rows.map((row) => (
                <AuditRow key={row.id} row={row} />
              ))}
            </ul>
          )}
          <LoadMore query={query} className="mx-auto mt-3 flex w-fit" />
        </>
      )}
    </div>
  );
}

function Exports({ filter }: { filter: AuditLogFilter }) {
  const { slug } = useWorkspace();
  const save = (format: "csv" | "ndjson") =>
    downloadExport(slug, "/audit-log/export", filter, format).catch((error: unknown) =>
      toast.error(error instanceof Error ? error.message : "The file could not be saved"),
    );
  return (["csv", "ndjson"] as const).map((format) => (
    <Button key={format} variant="outline" size="sm" onClick={() => void save(format)}>
      Export {format.toUpperCase()}
    </Button>
  ));
}

function Filters({
  action,
  q,
  onChange,
}: {
  action: string;
  q: string;
  onChange: (change: { action?: string | null; q?: string | null }) => void;
}) {
  const id = useId();
  return (
    <form
      className="mb-3 flex flex-wrap gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        const text = new FormData(event.currentTarget).get("q");
        onChange({ q: typeof text === "string" && text.trim() ? text.trim() : null });
      }}
    >
      <label htmlFor={id} className="sr-only">
        Search the audit log
      </label>
      <Input
        id={id}
        name="q"
        type="search"
        defaultValue={q}
        placeholder="Search by name or address"
        className="w-full sm:w-64"
      />
      <Select
        value={action}
        onValueChange={(value) => onChange({ action: value === anyAction ? null : value })}
      >
        <SelectTrigger aria-label="Action" className="w-full sm:w-72">
          <SelectValue />
        </SelectTrigger>
        <SelectContent>
          <SelectItem value={anyAction}>Any action</SelectItem>
          {auditActionNames.map((name) => (
            <SelectItem key={name} value={name}>
              {auditActions[name].did}
            </SelectItem>
          ))}
        </SelectContent>
      </Select>
    </form>
  );
}

import { ScrollText } from "lucide-react";
import { useId, useState } from "react";
import { ListFailure } from "@/components/data/list-failure";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { FieldError } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { LoadMore } from "@/components/ui/load-more";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import { Skeleton } from "@/components/ui/skeleton";
import { useReadError } from "@/components/ui/use-read-error";
import { type AuditAction, auditActions } from "@/lib/core/audit";
import { refuseSearch } from "@/lib/core/search-kinds";
import { AuditRow } from "./audit-row";
import type { ShownAudit } from "./use-audit-filter";
import type { useAuditLog } from "./use-audit-log";

const anyAction = "any";

/** The entries of an audit log with their filters, in each of their states. */
export function AuditEntries({
  names,
  shown: { filter, isFiltered, change },
  query,
  whenEmpty,
}: {
  names: readonly AuditAction[];
  shown: ShownAudit;
  query: ReturnType<typeof useAuditLog>;
  /** Shown if nothing was changed yet. */
  whenEmpty: string;
}) {
  const failure = useReadError(query);
  const rows = query.data?.pages.flatMap((page) => page.data) ?? [];
  return (
    <>
      <Filters
        key={filter.q ?? ""}
        names={names}
        action={filter.action?.[0] ?? anyAction}
        q={filter.q ?? ""}
        onChange={change}
      />
      {failure ? (
        <ListFailure
          title="The audit log could not be loaded"
          error={failure}
          query={query}
          filterNames={{ q: "Search", id: "Entry" }}
          onClear={() => change({ action: null, q: null })}
        />
      ) : query.isPending ? (
        <Skeleton className="h-72 w-full" />
      ) : rows.length === 0 ? (
        <EmptyState
          icon={ScrollText}
          title={isFiltered ? "Nothing matches" : "Nothing has changed yet"}
          description={isFiltered ? "No entry matches these filters." : whenEmpty}
          action={
            isFiltered && <Button onClick={() => change({ action: null, q: null })}>Clear filters</Button>
          }
        />
      ) : (
        <>
          {filter.id && (
            <p className="mb-3 flex flex-wrap items-center gap-2 text-muted-foreground">
              Only the entry with this id is shown.
              <Button variant="outline" size="sm" onClick={() => change({ action: null, q: null })}>
                Show all
              </Button>
            </p>
          )}
          <ul
            aria-label="Changes, newest first"
            className="divide-y divide-border rounded-lg border border-border"
          >
            {rows.map((row) => (
              <AuditRow key={row.id} row={row} opened={row.id === filter.id} />
            ))}
          </ul>
        </>
      )}
      <LoadMore query={query} className="mx-auto mt-3 flex w-fit" />
    </>
  );
}

function Filters({
  names,
  action,
  q,
  onChange,
}: {
  names: readonly AuditAction[];
  action: string;
  q: string;
  onChange: ShownAudit["change"];
}) {
  const id = useId();
  const [refusal, setRefusal] = useState(() => refuseSearch(q));
  return (
    <form
      className="mb-3 flex flex-wrap gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        const given = new FormData(event.currentTarget).get("q");
        const text = typeof given === "string" ? given.trim() : "";
        const refused = refuseSearch(text);
        setRefusal(refused);
        if (refused === null) onChange({ q: text || null });
      }}
    >
      <label htmlFor={id} className="sr-only">
        Search the audit log
      </label>
      <div className="w-full sm:w-64">
        <Input
          id={id}
          name="q"
          type="search"
          defaultValue={q}
          placeholder="Search by name or address"
          aria-invalid={refusal ? true : undefined}
          aria-describedby={refusal ? `${id}-error` : undefined}
        />
        <FieldError id={`${id}-error`} className="mt-1">
          {refusal}
        </FieldError>
      </div>
      <Select
        value={action}
        onValueChange={(value) => onChange({ action: value === anyAction ? null : value })}
      >
        <SelectTrigger aria-label="Action" className="w-full sm:w-72">
          <SelectValue />
        </SelectTrigger>
        <SelectContent>
          <SelectItem value={anyAction}>Any action</SelectItem>
          {names.map((name) => (
            <SelectItem key={name} value={name}>
              {auditActions[name].did}
            </SelectItem>
          ))}
        </SelectContent>
      </Select>
    </form>
  );
}

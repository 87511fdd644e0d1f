"use client";

import { Inbox, SearchX } from "lucide-react";
import dynamic from "next/dynamic";
import { useQueryStates } from "nuqs";
import { type ReactNode, useMemo, useRef, useState } from "react";
import { ListFailure } from "@/components/data/list-failure";
import { useEventTypes } from "@/components/data/use-webhooks";
import { filterRow, focusFirstFilter } from "@/components/event-log/focus-first-filter";
import { LiveSwitch } from "@/components/event-log/live-switch";
import { LogExport } from "@/components/event-log/log-export";
import { filterNames } from "@/components/event-log/log-params";
import { LogSearch } from "@/components/event-log/log-search";
import { LogSkeleton } from "@/components/event-log/log-skeleton";
import { MultiFilter } from "@/components/event-log/multi-filter";
import { NewRows } from "@/components/event-log/new-rows";
import { ReloadButton } from "@/components/event-log/reload-button";
import { SavedViews } from "@/components/event-log/saved-views";
import { useLive } from "@/components/event-log/use-live";
import { useLogKeys } from "@/components/event-log/use-log-keys";
import { useOpenRowInSight } from "@/components/event-log/use-open-row-in-sight";
import { useOpenSheet } from "@/components/event-log/use-open-sheet";
import { useReadToRow } from "@/components/event-log/use-read-to-row";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { LoadMore } from "@/components/ui/load-more";
import { useNow } from "@/components/ui/use-now";
import { useReadError } from "@/components/ui/use-read-error";
import type { RowWindowHandle } from "@/components/ui/use-row-window";
import { useSteady } from "@/components/ui/use-steady";
import { hasPublishedFilters, noPublishedFilters, publishedParams, toEventsFilter } from "./published-params";
import { PublishedRows } from "./published-rows";
import { usePublishedLog } from "./use-published-log";

const PublishedSheet = dynamic(async () => (await import("./published-sheet")).PublishedSheet, {
  ssr: false,
});
const LookFurther = dynamic(async () => (await import("@/components/event-log/look-further")).LookFurther, {
  ssr: false,
});
const SearchKind = dynamic(async () => (await import("@/components/event-log/search-kind")).SearchKind, {
  ssr: false,
});
const SearchAnywhere = dynamic(
  async () => (await import("@/components/event-log/search-kind")).SearchAnywhere,
  { ssr: false },
);
const TimeSince = dynamic(async () => (await import("./time-since")).TimeSince, { ssr: false });

/** Published events, including those that went to no webhook, with the outcomes of their deliveries. */
export function PublishedLog() {
  const [params, setParams] = useQueryStates(publishedParams, { history: "push" });
  const [openId, open] = useOpenSheet("event");
  const now = useNow(60_000);
  const [live, setLive] = useLive();
  const ended = params.to !== null && now !== null && params.to <= now;
  const { query, rows, lookedBackTo, newCount, reload, onSeen } = usePublishedLog(toEventsFilter(params), {
    live: live && !ended,
  });
  const readError = useReadError(query);
  const [reloading, setReloading] = useState(false);
  const search = useRef<HTMLInputElement>(null);
  const catalogue = useEventTypes();
  const ids = useMemo(() => rows?.map(({ id }) => id) ?? [], [rows]);
  const at = openId === null ? -1 : ids.indexOf(openId);
  const rowWindow = useRef<RowWindowHandle>(null);
  useLogKeys({ ids, openId, onOpen: open, search, reveal: (id) => rowWindow.current?.reveal(id) });
  useOpenRowInSight(openId, at !== -1);
  useReadToRow(openId, JSON.stringify(toEventsFilter(params)), query);
  const openRow = useSteady(open);

  const listAnew = async () => {
    setReloading(true);
    await reload();
    setReloading(false);
  };
  const clear = () => {
    focusFirstFilter();
    void setParams(noPublishedFilters);
  };
  const names = new Set([...(catalogue.data ?? []).map(({ name }) => name), ...params.type]);
  const types = [...names].toSorted().map((value) => ({ value, label: value, mono: true }));

  return (
    <div className="grid grid-cols-1 gap-3">
      <div className="flex flex-wrap items-center gap-2" {...filterRow}>
        <LogSearch
          ref={search}
          value={params.q}
          onChange={(q) => void setParams({ q: q || null }, { history: "replace" })}
        />
        <MultiFilter
          label="Type"
          options={types}
          chosen={params.type}
          onChange={(type) => void setParams({ type })}
        />
        <TimeSince from={params.from} onChange={(from) => void setParams({ from, to: null })} />
        {hasPublishedFilters(params) && (
          <Button variant="ghost" size="sm" onClick={clear}>
            Clear all
          </Button>
        )}
        <SavedViews log="published" />
        <span className="ml-auto flex items-center gap-2">
          <LogExport path="/api/v1/events/export" filter={toEventsFilter(params)} />
          <LiveSwitch live={live} onChange={setLive} ended={ended} />
          <ReloadButton reloading={reloading} onReload={listAnew} />
        </span>
      </div>
      {params.q && (
        <SearchKind
          value={params.q}
          onChange={(q) => void setParams({ q })}
          covered={query.data?.pages[0]?.payloadIndex}
        />
      )}
      {!rows && !readError && <LogSkeleton />}
      {readError && (
        <ListFailure
          title="The published events could not be loaded"
          error={readError}
          query={query}
          filterNames={filterNames}
          onClear={clear}
        />
      )}
      {rows?.length === 0 && !lookedBackTo && (
        <Nothing filtered={hasPublishedFilters(params)} onClear={clear}>
          {params.q && <SearchAnywhere value={params.q} onChange={(q) => void setParams({ q })} />}
        </Nothing>
      )}
      {rows && rows.length > 0 && (
        <div>
          <NewRows count={newCount} listing={reloading} onList={listAnew} />
          <PublishedRows
            ref={rowWindow}
            rows={rows}
            complete={!query.hasNextPage}
            openId={openId}
            onOpen={openRow}
            onSeen={onSeen}
          />
        </div>
      )}
      {lookedBackTo ? (
        <LookFurther key={JSON.stringify(params)} query={query} lookedBackTo={lookedBackTo} />
      ) : (
        <LoadMore query={query} auto className="justify-self-center" />
      )}
      {openId && (
        <PublishedSheet
          id={openId}
          previous={at > 0 ? ids[at - 1] : undefined}
          next={at === -1 ? undefined : ids[at + 1]}
          onOpen={open}
        />
      )}
    </div>
  );
}

function Nothing({
  filtered,
  onClear,
  children,
}: {
  filtered: boolean;
  onClear: () => void;
  /** More that can be tried. */
  children: ReactNode;
}) {
  if (!filtered) {
    return (
      <EmptyState
        icon={Inbox}
        title="Nothing has been published yet"
        description="Everything your producers publish appears here, even if no webhook subscribes to it. Tests are not listed."
      />
    );
  }
  return (
    <EmptyState
      icon={SearchX}
      title="No events match"
      description="No published event matches these filters."
      action={
        <>
          {children}
          <Button variant="outline" onClick={onClear}>
            Clear filters
          </Button>
        </>
      }
    />
  );
}

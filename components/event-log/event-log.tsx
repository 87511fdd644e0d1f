"use client";

import { SearchX } from "lucide-react";
import dynamic from "next/dynamic";
import { useQueryStates } from "nuqs";
import { Suspense, useId, useMemo, useRef, useState } from "react";
import { isRefused, ListFailure } from "@/components/data/list-failure";
import { useWebhooks } from "@/components/data/use-webhooks";
import { useCan } from "@/components/shell/use-workspace";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { LoadMore } from "@/components/ui/load-more";
import { Switch } from "@/components/ui/switch";
import { toast } from "@/components/ui/toast";
import { useMinWidth } from "@/components/ui/use-min-width";
import { useNow } from "@/components/ui/use-now";
import { useReadError } from "@/components/ui/use-read-error";
import type { RowWindowHandle } from "@/components/ui/use-row-window";
import { useSteady } from "@/components/ui/use-steady";
import type { DeliveryOutput } from "@/lib/contract/deliveries";
import type { EndpointOutput } from "@/lib/contract/endpoints";
import { filterRow, focusFirstFilter } from "./focus-first-filter";
import { histogramHeight } from "./histogram/histogram-height";
import { HistogramMissing } from "./histogram/histogram-missing";
import { LiveSwitch } from "./live-switch";
import { LogExport } from "./log-export";
import { LogFilters } from "./log-filters";
import { filterNames, hasFilters, logParams, noFilters, toDeliveriesFilter } from "./log-params";
import { listByDay, type RowsProps } from "./log-rows";
import { LogSearch } from "./log-search";
import { LogSkeleton } from "./log-skeleton";
import { LogTable } from "./log-table";
import { NewRows } from "./new-rows";
import { ReloadButton } from "./reload-button";
import { SavedViews } from "./saved-views";
import { SendAllAgain } from "./send-all-again";
import type { EventSheetProps } from "./sheet/event-sheet";
import { useDeliveryLog } from "./use-delivery-log";
import { useLive } from "./use-live";
import { useLogKeys } from "./use-log-keys";
import { useOpenRowInSight } from "./use-open-row-in-sight";
import { useOpenSheet } from "./use-open-sheet";
import { useReadToRow } from "./use-read-to-row";
import { useRetryDelivery } from "./use-retry-delivery";
import { useSelection } from "./use-selection";

const EventSheet = dynamic(
  async () => (await import("@/components/event-log/sheet/event-sheet")).EventSheet,
  { ssr: false },
);
const LogHistogram = dynamic(
  () =>
    import("./histogram/log-histogram").then(
      ({ LogHistogram }) => LogHistogram,
      () => HistogramMissing,
    ),
  { ssr: false, loading: () => <div className={histogramHeight} /> },
);
const FailureGroups = dynamic(async () => (await import("./failure-groups")).FailureGroups);
const NoneFailed = dynamic(async () => (await import("./none-failed")).NoneFailed, { ssr: false });
const LookFurther = dynamic(async () => (await import("./look-further")).LookFurther, { ssr: false });
const SearchKind = dynamic(async () => (await import("./search-kind")).SearchKind, { ssr: false });
const SearchAnywhere = dynamic(async () => (await import("./search-kind")).SearchAnywhere, { ssr: false });
const LogItems = dynamic(async () => (await import("./log-items")).LogItems);
const SelectionBar = dynamic(async () => (await import("./selection-bar")).SelectionBar, { ssr: false });
const LogEmpty = dynamic(async () => (await import("./log-empty")).LogEmpty);

/** The event log, of one webhook or of all, with its filters and the open sheet in the address. */
export function EventLog({
  endpoint,
  onAnswered,
  EnableAfterRetry,
  Repair,
}: {
  endpoint?: Pick<EndpointOutput, "id" | "name" | "eventTypes">;
  /** Called with the 2xx that answered a retry from here. */
  onAnswered?: (httpStatus: number) => void;
  EnableAfterRetry: EventSheetProps["EnableAfterRetry"];
  Repair: EventSheetProps["Repair"];
}) {
  const [params, setParams] = useQueryStates(logParams, { history: "push" });
  const [openId, open] = useOpenSheet();
  const now = useNow(60_000);
  const [live, setLive] = useLive();
  const ended = params.to !== null && now !== null && params.to <= now;
  const filter = toDeliveriesFilter(params, endpoint?.id);
  const { query, rows, lookedBackTo, newCount, reload, isFresh, onSeen } = useDeliveryLog(filter, {
    live: live && !ended,
  });
  const readError = useReadError(query);
  const { retry, failure } = useRetryDelivery(({ status, httpStatus }) => {
    if (status === "succeeded" && httpStatus !== null) onAnswered?.(httpStatus);
  });
  const mayRetry = useCan("deliveries:write");
  const search = useRef<HTMLInputElement>(null);
  const testsId = useId();
  const [reloading, setReloading] = useState(false);

  const ids = useMemo(() => rows?.map((row) => row.id) ?? [], [rows]);
  const selected = useSelection(ids, JSON.stringify(filter));
  const selection = mayRetry ? selected : undefined;
  const at = openId === null ? -1 : ids.indexOf(openId);
  const retryById = async (id: string) => {
    if (!mayRetry) return;
    const refused = await retry(id);
    if (refused && openId !== id) toast.error(refused);
  };
  const rowWindow = useRef<RowWindowHandle>(null);
  const onRetry = useSteady((id: string) => void retryById(id));
  const reveal = (id: string) => rowWindow.current?.reveal(id);
  useLogKeys({ ids, openId, onOpen: open, onRetry, selection, search, reveal });
  useOpenRowInSight(openId, at !== -1);
  const { reading, readTo } = useReadToRow(openId, JSON.stringify(filter), query);
  const isUnlisted = rows !== undefined && at === -1 && !reading;
  const showInLog = ({ id, test, createdAt }: DeliveryOutput) => {
    readTo(id);
    // A range's end is not part of it.
    const to = new Date(Date.parse(createdAt) + 1);
    void setParams({ ...noFilters, tests: test || null, to });
  };
  const openRow = useSteady(open);
  const onToggle = useSteady(selected.toggle);
  const actions = useMemo(() => (mayRetry ? { onRetry, onToggle } : {}), [mayRetry, onRetry, onToggle]);

  const listAnew = async () => {
    setReloading(true);
    await reload();
    setReloading(false);
  };

  const clear = () => {
    focusFirstFilter();
    void setParams(noFilters);
  };

  return (
    <div className="grid grid-cols-1 gap-3">
      <div className="@container">
        <LogHistogram
          filter={filter}
          time={params}
          onChange={(time) => void setParams(time)}
          named={endpoint === undefined}
        />
      </div>
      <div className="flex flex-wrap items-center gap-2" {...filterRow}>
        <LogSearch
          ref={search}
          value={params.q}
          onChange={(q) => void setParams({ q: q || null }, { history: "replace" })}
        />
        <LogFilters
          params={params}
          filter={filter}
          onChange={(change) => void setParams(change)}
          webhooks={endpoint === undefined}
        />
        {endpoint === undefined && <SavedViews log="deliveries" />}
        <span className="ml-auto flex items-center gap-2">
          {/* Also while another filter is read: what stands below must not move under the pointer. */}
          {mayRetry && hasFilters(params) && !readError && rows?.length !== 0 && (
            <SendAllAgain filter={filter} />
          )}
          <LogExport filter={filter} />
          <LiveSwitch live={live} onChange={setLive} ended={ended} />
          <Switch
            id={testsId}
            checked={params.tests}
            onCheckedChange={(tests) => void setParams({ tests: tests || null })}
          />
          <label htmlFor={testsId} className="cursor-pointer whitespace-nowrap">
            Show tests
          </label>
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
      {/* What is refused as a filter would be refused as what to send again, too. */}
      {!isRefused(readError) && (
        <FailureGroups
          filter={filter}
          chosen={params.group}
          onChoose={(group) => void setParams({ group })}
        />
      )}
      {!rows && !readError && <LogSkeleton />}
      {readError && (
        <ListFailure
          title="The event log could not be loaded"
          error={readError}
          query={query}
          filterNames={filterNames}
          onClear={clear}
        />
      )}
      {rows?.length === 0 &&
        (lookedBackTo ? (
          <EmptyState
            icon={SearchX}
            title="Nothing found so far"
            description="No event matches these filters so far. There are older events to look through."
            action={
              <Button variant="outline" onClick={clear}>
                Clear filters
              </Button>
            }
          />
        ) : params.status.join() === "failed" ? (
          <NoneFailed
            filter={filter}
            onShow={() => void setParams({ status: ["retrying"] })}
            onClear={clear}
          />
        ) : hasFilters(params) ? (
          <EmptyState
            icon={SearchX}
            title="No events match"
            description="No event in the log matches these filters."
            action={
              <>
                {params.q && <SearchAnywhere value={params.q} onChange={(q) => void setParams({ q })} />}
                <Button variant="outline" onClick={clear}>
                  Clear filters
                </Button>
              </>
            }
          />
        ) : (
          <Suspense fallback={<LogSkeleton />}>
            <LogEmpty eventTypes={endpoint?.eventTypes ?? null} />
          </Suspense>
        ))}
      {rows?.length === 0 && newCount > 0 && (
        <NewRows count={newCount} listing={reloading} onList={listAnew} />
      )}
      {rows && rows.length > 0 && (
        <div>
          <NewRows count={newCount} listing={reloading} onList={listAnew} />
          <Rows
            ref={rowWindow}
            rows={rows}
            complete={!query.hasNextPage}
            openId={openId}
            onOpen={openRow}
            onSeen={onSeen}
            isFresh={isFresh}
            actions={actions}
            selection={selection}
            named={endpoint === undefined}
          />
          {selection && selection.ids.size > 0 && (
            <SelectionBar
              selection={selection}
              endpointId={endpoint?.id}
              onSendOne={(id) => void retryById(id)}
            />
          )}
        </div>
      )}
      {lookedBackTo ? (
        <LookFurther key={JSON.stringify(filter)} query={query} lookedBackTo={lookedBackTo} />
      ) : (
        <LoadMore query={query} auto className="justify-self-center" />
      )}
      {openId && now && (
        <EventSheet
          id={openId}
          onRetry={(id) => void retryById(id)}
          failure={failure}
          previous={at > 0 ? ids[at - 1] : undefined}
          next={at === -1 ? undefined : ids[at + 1]}
          onOpen={open}
          onShowInLog={isUnlisted ? showInLog : undefined}
          EnableAfterRetry={EnableAfterRetry}
          Repair={Repair}
        />
      )}
    </div>
  );
}

function Rows({
  rows,
  named,
  ...props
}: Omit<RowsProps, "items" | "webhookName"> & {
  rows: readonly DeliveryOutput[];
  /** Whether rows show their webhook. */
  named: boolean;
}) {
  const now = useNow(60_000);
  const roomy = useMinWidth(768);
  const list = useWebhooks();
  const names = useMemo(() => new Map(list.data?.data.map(({ id, name }) => [id, name])), [list.data]);
  const items = useMemo(() => listByDay(rows, now), [rows, now]);
  const webhookName = named
    ? (id: string) => names.get(id) ?? (list.data ? "Deleted webhook" : "")
    : undefined;
  const shown = { items, webhookName, ...props };
  if (roomy) return <LogTable {...shown} />;
  return (
    <Suspense fallback={<LogSkeleton />}>
      <LogItems {...shown} />
    </Suspense>
  );
}

import { and, inArray, or, type SQL, sql } from "drizzle-orm";
import {
  type AttemptError,
  attemptErrors,
  type DeliveryStatusFilter,
  openDeliveryStatusFilters,
} from "../../lib/core/deliveries";
import type { Queryable } from "../connection/client";
import { type DeliveryFilter, httpStatusIs } from "./deliveries";

/**
 * Ranges of indexes, each in the order of ids, that together contain every delivery a filter can match: among ended
 * deliveries (alias `d`) and among those on the queue (alias `q`). Other rows in them are filtered out afterwards.
 */
export type RangesOf = {
  ended: Range[];
  open: Range[];
  /** Instead of ranges: what this job sent, whose own table is in the order of ids. */
  replayId?: string;
};
type Range = {
  where: SQL;
  /** Few rows, found by an index that is not in the order of ids. */
  isLookup?: boolean;
};

/** More ranges than this would cost more than the one of the workspace. */
const rangesMax = 24;
/** If no more rows of the queue can match, all of them may be read at once. */
const openRowsMax = 5_000;

/** The ranges that narrow the filter down most. */
export async function rangesOf(db: Queryable, given: DeliveryFilter): Promise<RangesOf> {
  const filter = withoutRepeats(given);
  const { statuses } = filter;
  const mayBeOpen = statuses === undefined || statuses.some(isOpen);
  const mayHaveEnded = statuses === undefined || statuses.some((status) => !isOpen(status));
  const lookup = lookupsOf(filter) ?? narrowestOf(filter);
  if (lookup?.replayId !== undefined) return lookup;
  if (lookup) return { ended: mayHaveEnded ? lookup.ended : [], open: mayBeOpen ? lookup.open : [] };
  return {
    ended: mayHaveEnded ? await endedRanges(db, filter) : [],
    open: mayBeOpen ? [await openRange(db, filter)] : [],
  };
}

/** A status given twice would be read twice. An empty list means no restriction, as in `deliveryMatches`. */
function withoutRepeats(filter: DeliveryFilter): DeliveryFilter {
  const { statuses, httpStatuses, errors, endpointIds, types } = filter;
  const once = <T>(values: T[] | undefined) => values && [...new Set(values)];
  return {
    ...filter,
    statuses: statuses?.length ? statuses : undefined,
    httpStatuses: httpStatuses?.length ? once(httpStatuses) : undefined,
    errors: once(errors),
    endpointIds: once(endpointIds),
    types: once(types),
  };
}

const isOpen = (status: DeliveryStatusFilter) => openDeliveryStatusFilters.some((one) => one === status);
const isUndelivered = (status: DeliveryStatusFilter) => status === "failed" || status === "discarded";

/** Filters that name deliveries or events by id. */
function lookupsOf({ workspaceId, ...filter }: DeliveryFilter): RangesOf | null {
  const ids = filter.deliveryIds ?? (filter.deliveryId === undefined ? undefined : [filter.deliveryId]);
  if (ids) {
    return {
      ended: [{ where: sql`d.workspace_id = ${workspaceId} and d.id = any(${uuids(ids)})`, isLookup: true }],
      open: [
        {
          where: sql`q.workspace_id = ${workspaceId} and q.delivery_id = any(${uuids(ids)})`,
          isLookup: true,
        },
      ],
    };
  }
  const events =
    filter.eventId !== undefined
      ? uuids([filter.eventId])
      : filter.eventIds !== undefined
        ? uuids(filter.eventIds)
        : filter.search?.payload === null
          ? sql`array(select e.id from events e where e.idempotency_key = ${filter.search.idempotencyKey}
              and e.workspace_id = ${workspaceId})`
          : null;
  return (
    events && {
      ended: [{ where: sql`d.event_id = any(${events})`, isLookup: true }],
      open: [{ where: sql`q.event_id = any(${events})`, isLookup: true }],
    }
  );
}

/**
 * The deliveries of a failure group or of a job, each of which has an index of its own. That a value is not null
 * follows from what it equals: said as well, the planner multiplies the shares of both, expects too few rows, and
 * reads and sorts all of them.
 */
function narrowestOf({ failureGroupId, replayId }: DeliveryFilter): RangesOf | null {
  if (failureGroupId !== undefined) {
    return {
      ended: [{ where: sql`d.failure_group_id = ${failureGroupId}` }],
      open: [{ where: sql`q.failure_group_id = ${failureGroupId}` }],
    };
  }
  return replayId === undefined ? null : { ended: [], open: [], replayId };
}

/**
 * The queue is in the order of ids only by workspace: an index for each filter would be written for every delivery. If
 * few rows can match, only those that do are in the range; otherwise others would take their place in the scan.
 */
async function openRange(db: Queryable, filter: DeliveryFilter): Promise<Range> {
  const { workspaceId, statuses, httpStatuses, errors, attemptsMin, endpointIds } = filter;
  const isOnlyRetrying = statuses?.filter(isOpen).every((status) => status === "retrying");
  const wasTried = isOnlyRetrying || httpStatuses || errors || (attemptsMin ?? 0) > 0;
  const workspace = sql`q.workspace_id = ${workspaceId}`;
  const range = wasTried ? sql`${workspace} and q.attempts > 0` : workspace;
  if (endpointIds && endpointIds.length <= rangesMax) {
    const ids = endpointIds.map((id) => ownEndpoint(workspaceId, id));
    const own = sql`q.endpoint_id = any(array[${sql.join(ids, sql`, `)}]::uuid[])`;
    if (await isShort(db, own)) return { where: sql`${range} and ${own}`, isLookup: true };
  } else if ((httpStatuses || errors) && (await isShort(db, range))) {
    return { where: sql`${range} and ${answeredBy(filter)}` };
  }
  return { where: range };
}

/** Whether so few rows of the queue are in this range that all of them can be read. */
async function isShort(db: Queryable, where: SQL): Promise<boolean> {
  const [row] = await db.execute<{ short: boolean }>(sql`
    select count(*) <= ${openRowsMax} as short
    from (select from delivery_queue q where ${where} limit ${openRowsMax + 1}) found`);
  return row?.short ?? false;
}

/** The filters for an answer and a cause, of a row of the queue. */
function answeredBy({ httpStatuses, errors }: DeliveryFilter): SQL {
  const answer = { httpStatus: sql`q.http_status`, error: sql`q.error` };
  return (
    and(
      httpStatuses ? or(...httpStatuses.map((text) => httpStatusIs(text, answer))) : undefined,
      errors ? inArray(answer.error, errors) : undefined,
    ) ?? sql`true`
  );
}

async function endedRanges(db: Queryable, filter: DeliveryFilter): Promise<Range[]> {
  const { workspaceId, statuses, httpStatuses, errors, endpointIds } = filter;
  const workspace = sql`d.workspace_id = ${workspaceId}`;
  const isAmongUndelivered = statuses?.filter((status) => !isOpen(status)).every(isUndelivered);
  const undelivered = sql`d.status <> 'succeeded'`;

  if (errors) return errors.map((error) => ({ where: causeIs(workspace, error) }));
  if (httpStatuses?.every((one) => one === "none" || !/^2/.test(one))) {
    const ranges = await responseRanges(db, workspaceId, workspace, httpStatuses);
    if (ranges.length <= rangesMax) return ranges;
  }
  if (isAmongUndelivered && endpointIds && endpointIds.length <= rangesMax) {
    return endpointIds.map((id) => ({
      where: sql`d.endpoint_id = ${ownEndpoint(workspaceId, id)} and ${undelivered}`,
    }));
  }
  if (isAmongUndelivered) return [{ where: sql`${workspace} and ${undelivered}` }];
  if ((filter.attemptsMin ?? 0) > 1) return [{ where: sql`${workspace} and d.attempts > 1` }];
  if (endpointIds && endpointIds.length <= rangesMax) {
    return endpointIds.map((id) => ({ where: sql`d.endpoint_id = ${ownEndpoint(workspaceId, id)}` }));
  }
  return [{ where: workspace }];
}

const causeIs = (workspace: SQL, error: string) =>
  sql`${workspace} and d.error = ${sql.raw(`'${attemptErrors.find((one) => one === error) ?? ""}'`)}`;

/** One range for each status code of a class that occurs, and for each cause if there was no answer. */
async function responseRanges(
  db: Queryable,
  workspaceId: string,
  workspace: SQL,
  httpStatuses: string[],
): Promise<Range[]> {
  const unanswered = (error: string) => sql`${causeIs(workspace, error)} and d.http_status is null`;
  const ranges: Range[] = [];
  const codes = new Set<number>();
  for (const text of httpStatuses) {
    const first = Number(text[0]) * 100;
    if (text === "none") {
      for (const error of await findCauses(db, workspaceId)) ranges.push({ where: unanswered(error) });
    } else if (!text.endsWith("xx")) codes.add(Number(text));
    else for (const code of await findCodes(db, { workspaceId, first })) codes.add(code);
  }
  for (const code of codes)
    ranges.push({ where: sql`${workspace} and d.http_status = ${sql.raw(String(code))}` });
  return ranges;
}

/** The status codes of a class that occur in the log. */
async function findCodes(
  db: Queryable,
  { workspaceId, first }: { workspaceId: string; first: number },
): Promise<number[]> {
  const isInClass = sql`d.workspace_id = ${workspaceId}
    and d.http_status >= ${sql.raw(String(first))} and d.http_status < ${sql.raw(String(first + 100))}`;
  return findValues<number>(db, sql`d.http_status`, isInClass);
}

/** The causes that occur in the log. */
function findCauses(db: Queryable, workspaceId: string): Promise<AttemptError[]> {
  return findValues(db, sql`d.error`, sql`d.workspace_id = ${workspaceId} and d.error is not null`);
}

/** The values of a column, found by one lookup each in an index that begins with the columns of `where` and this one. */
async function findValues<T>(db: Queryable, column: SQL, where: SQL): Promise<T[]> {
  const next = (above: SQL) => sql`(
    select ${column} from deliveries d where ${where}${above} order by ${column} limit 1)`;
  const rows = await db.execute<{ value: T }>(sql`
    with recursive found(value) as (
      select ${next(sql``)}
      union all
      select ${next(sql` and ${column} > found.value`)} from found where found.value is not null
    )
    select value from found where value is not null`);
  return rows.map(({ value }) => value);
}

const uuids = (ids: string[]) =>
  ids.length === 0
    ? sql`'{}'::uuid[]`
    : sql`array[${sql.join(
        ids.map((id) => sql`${id}`),
        sql`, `,
      )}]::uuid[]`;

/** Nothing for an endpoint of another workspace, so that none of its rows are read. */
const ownEndpoint = (workspaceId: string, id: string) =>
  sql`(select p.id from endpoints p where p.id = ${id} and p.workspace_id = ${workspaceId})`;

const endedColumns =
  sql.raw(`d.id, d.workspace_id, d.event_id, d.endpoint_id, d.type, d.test, true as listed, d.status,
  d.discard_reason, d.status <> 'succeeded' as undelivered, d.attempts, d.http_status, d.error, d.duration_ms, d.completed_at,
  d.failure_group_id, null::int, false`);
const openColumns =
  sql.raw(`q.delivery_id, q.workspace_id, q.event_id, q.endpoint_id, q.type, q.test, q.pending, 'pending',
  null::text, false, q.attempts, q.http_status, q.error, q.duration_ms, null::timestamptz(3),
  q.failure_group_id, q.generation, q.pending`);

const names = [
  "workspace_id",
  "event_id",
  "endpoint_id",
  "type",
  "test",
  "listed",
  "status",
  "discard_reason",
  "undelivered",
  "attempts",
  "http_status",
  "error",
  "duration_ms",
  "completed_at",
  "failure_group_id",
  "generation",
  "pending",
];
const foundNames = sql.raw(names.join(", "));
const foundColumns = sql.raw(names.map((name) => `found.${name}`).join(", "));

/**
 * SQL for the next rows of ranges, in the order of their ids: all rows up to the last one returned. The columns are
 * those of `delivery_log`, with whether the queue holds them.
 */
export function scannedRows(
  {
    filter,
    ranges,
    order,
    after,
  }: { filter: DeliveryFilter; ranges: RangesOf; order: "newest" | "oldest"; after: string | null },
  rows: number,
): SQL {
  const isNewest = order === "newest";
  const direction = sql.raw(isNewest ? "desc" : "asc");
  const below = [filter.belowId, isNewest ? after : undefined]
    .filter((id) => typeof id === "string")
    .sort()[0];
  const within = (id: SQL) =>
    sql.join(
      [
        below === undefined ? sql`` : sql` and ${id} < ${below}`,
        filter.fromId === undefined ? sql`` : sql` and ${id} >= ${filter.fromId}`,
        isNewest || after === null ? sql`` : sql` and ${id} > ${after}`,
      ],
      sql``,
    );
  const select = (columns: SQL, table: SQL, id: SQL, { where, isLookup }: Range) =>
    isLookup
      ? sql`(select ${columns} from ${table} where ${where}${within(id)} offset 0)`
      : sql`(select ${columns} from ${table} where ${where}${within(id)} order by ${id} ${direction} limit ${rows})`;
  const parts = [
    ...ranges.ended.map((range) => select(endedColumns, sql`deliveries d`, sql`d.id`, range)),
    // One that is sent again after it ended is read where it ended: if it were read twice, the limit could separate
    // its rows.
    ...ranges.open.map(({ where, ...range }) =>
      select(openColumns, sql`delivery_queue q`, sql`q.delivery_id`, {
        ...range,
        where: sql`${where} and q.pending`,
      }),
    ),
  ];
  if (ranges.replayId !== undefined) {
    // One row for each delivery that was sent, even if it is no longer kept: the limit counts rows read, not rows
    // found.
    parts.push(sql`(select r.delivery_id, ${foundColumns} from (
        select r.delivery_id from replay_deliveries r where r.replay_id = ${ranges.replayId}${within(sql`r.delivery_id`)}
        order by r.delivery_id ${direction} limit ${rows}) r
      left join lateral (
        select ${endedColumns} from deliveries d where d.workspace_id = ${filter.workspaceId} and d.id = r.delivery_id
        union all
        select ${openColumns} from delivery_queue q
        where q.workspace_id = ${filter.workspaceId} and q.delivery_id = r.delivery_id and q.pending
      ) found(id, ${foundNames}) on true)`);
  }
  if (parts.length === 0) parts.push(sql`(select ${endedColumns} from deliveries d where false)`);
  const all = sql.join(parts, sql` union all `);
  return sql`select * from (${all}) part(id, ${foundNames})
    order by id ${direction} limit ${rows}`;
}

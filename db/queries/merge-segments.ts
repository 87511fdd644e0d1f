import type postgres from "postgres";
import { timeOfId } from "../../lib/core/time-of-id.mjs";
import { namedStatement } from "./named-statement";
import { insertBlocksOf, lockIndexing } from "./payload-index";

/** The most blocks of a merged segment: what a search for a value in all payloads reads of it. */
export const mergedBlocksMax = 4_000;
/** A segment larger than this share of it is not merged again, so that a term is rewritten only a few times. */
const largeShare = 1 / 4;
/** For workspaces that publish little, whose segments are small. */
const segmentsMax = 64;
/** Fewer segments are not worth merging before they reach the size. */
const segmentsMin = 8;
/** The longest time span of a segment: its terms are kept until the last of its events is past retention. */
const spanMsMax = 7 * 24 * 60 * 60 * 1_000;
/** For sorting its terms. */
const sortMemory = "32MB";

type Segment = { fromId: string; belowId: string; blocks: number };

/**
 * Merges adjacent segments of a workspace into one, in one transaction: a search looks into every segment, so it
 * takes longer the more there are. Nothing new is indexed, and searches have the same results meanwhile.
 *
 * @returns how many segments were merged; 0 if there is nothing to merge, or another process is indexing
 */
export async function mergeSegments(
  db: postgres.Sql,
  { workspaceId, blocksMax = mergedBlocksMax }: { workspaceId: string; blocksMax?: number },
): Promise<number> {
  return db.begin(async (tx) => {
    if (!(await lockIndexing(tx, workspaceId))) return 0;
    const run = nextRun(await findSegments(tx, { workspaceId }), blocksMax);
    const [oldest, newest] = [run[0], run.at(-1)];
    if (!oldest || !newest) return 0;
    await tx`select set_config('work_mem', ${sortMemory}, true)`;
    const of = { workspaceId, fromIds: run.map(({ fromId }) => fromId), fromId: oldest.fromId };
    await mergeRows(tx, { ...of, belowId: newest.belowId });
    await mergeBlocks(tx, of);
    return run.length;
  });
}

/**
 * The oldest segments to merge: small adjacent ones, as many as fit.
 *
 * @param segments oldest first
 */
export function nextRun(segments: readonly Segment[], blocksMax: number): Segment[] {
  let run: Segment[] = [];
  let blocks = 0;
  const isWhole = (next: Segment | undefined) =>
    run.length === segmentsMax || (run.length > 1 && blocks + (next?.blocks ?? 0) > blocksMax);
  for (const segment of segments) {
    const isLarge = segment.blocks > blocksMax * largeShare;
    const isLate =
      timeOfId(segment.belowId).getTime() - timeOfId((run[0] ?? segment).fromId).getTime() > spanMsMax;
    // A large segment ends the run: those before it are about as large as the first.
    if (isWhole(isLarge ? run[0] : segment)) return run;
    if (isLate && !isLarge && run.length >= segmentsMin) return run;
    if (isLate || isLarge) [run, blocks] = [[], 0];
    if (isLarge) continue;
    run.push(segment);
    blocks += segment.blocks;
  }
  return isWhole(run.at(-1)) ? run : [];
}

/** The last block's number tells how many blocks there are. */
const findSegments = namedStatement<Segment>(`
  select s.from_id as "fromId", s.below_id as "belowId", coalesce(last.block + 1, 0) as blocks
  from payload_segments s
  left join lateral (
    select block from payload_blocks b where b.workspace_id = s.workspace_id and b.from_id = s.from_id
    order by b.first_term desc, b.block desc limit 1
  ) last on true
  where s.workspace_id = :workspaceId order by s.from_id`);

const mergeRows = namedStatement(`
  with taken as (
    delete from payload_segments where workspace_id = :workspaceId::uuid and from_id = any(:fromIds::uuid[]) returning events
  )
  insert into payload_segments (workspace_id, from_id, below_id, events)
  select :workspaceId::uuid, :fromId::uuid, :belowId::uuid, sum(events) from taken`);

/** All old blocks are deleted before the first new one is written, because they are sorted in between. */
const mergeBlocks = namedStatement(`
  with taken as materialized (
    delete from payload_blocks where workspace_id = :workspaceId::uuid and from_id = any(:fromIds::uuid[])
    returning terms, event_ids
  )
  ${insertBlocksOf("taken cross join lateral unnest(terms, event_ids) t(term, event_id)")}`);

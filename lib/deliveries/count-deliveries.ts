import { resolveSearch } from "@/db/queries/resolve-search";
import { countDeliveries as count } from "@/db/queries/scan-deliveries";
import { type DeliveryCountsOutput, deliveriesFilter } from "../contract/deliveries";
import { countedDeliveriesMax, countedStatuses, openDeliveryStatusFilters } from "../core/deliveries";
import { type Input, parseInput } from "../core/parse-input";
import { authorize, type Context } from "../verbs/context";
import { withinTime } from "../verbs/within-time";
import { deliveryFilter } from "./delivery-filter";

/** For all statuses together: a request takes at most about a second. */
const budgetMs = 700;

/**
 * How many deliveries match the filters, by status: exact up to 10,000 each, unless that takes too long.
 *
 * @throws AppError `unavailable` if the database takes too long
 */
export async function countDeliveries({
  ctx,
  input,
}: {
  ctx: Context;
  input: Input<typeof deliveriesFilter>;
}): Promise<DeliveryCountsOutput> {
  authorize(ctx, "deliveries:read");
  const { status, ...query } = parseInput(deliveriesFilter, input);
  const deadline = performance.now() + budgetMs;
  // Resolved once, not for each count.
  const { filter } = await resolveSearch(ctx.db, deliveryFilter(ctx, query));
  const none = { count: 0, more: false };
  const counts: DeliveryCountsOutput = {
    waiting: none,
    retrying: none,
    failed: none,
    held: none,
    succeeded: none,
    discarded: none,
  };
  const wanted = countedStatuses.filter((one) => isWanted(one, status));
  for (const [at, one] of wanted.entries()) {
    const shareMs = (deadline - performance.now()) / (wanted.length - at);
    counts[one] = await withinTime(() =>
      count(ctx.db, { filter: { ...filter, statuses: [one] }, max: countedDeliveriesMax, budgetMs: shareMs }),
    );
  }
  return counts;
}

type Counted = (typeof countedStatuses)[number];

/** If statuses are chosen, only those are counted. */
function isWanted(status: Counted, chosen: readonly string[] | undefined): boolean {
  if (!chosen?.length || chosen.includes(status)) return true;
  const isPending = status !== "held" && openDeliveryStatusFilters.some((one) => one === status);
  return isPending && chosen.includes("pending");
}

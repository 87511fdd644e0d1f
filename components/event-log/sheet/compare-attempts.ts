import type { AttemptOutput } from "@/lib/contract/deliveries";
import { describeFailure } from "./describe-failure";
import { phaseLabels } from "./phase-times";

/** A difference between two attempts; `null` is a missing value. */
export type Difference = { part: string; before: string | null; after: string | null };

/** Request headers that differ in every attempt. */
const ofEachRequest = new Set([
  "webhook-id",
  "webhook-timestamp",
  "webhook-signature",
  "posthorn-attempt",
  "traceparent",
]);
/** Response headers that only contain times. */
const ofEachResponse = new Set(["date", "age"]);

/** The differences between two attempts, without those of every attempt: URL, address, request, result, response. */
export function compareAttempts(before: AttemptOutput, after: AttemptOutput): Difference[] {
  const part = (name: string, of: (attempt: AttemptOutput) => string | null): Difference => ({
    part: name,
    before: of(before),
    after: of(after),
  });
  return [
    part("URL", ({ url }) => url),
    part("Address", ({ remoteAddress }) => remoteAddress),
    part("Certificate expires", ({ certificateExpiresAt }) => certificateExpiresAt?.slice(0, 10) ?? null),
    ...headers("Request", ofEachRequest, before.request.headers, after.request.headers),
    part("Result", (attempt) =>
      attempt.httpStatus === null ? (describeFailure(attempt)?.title ?? null) : String(attempt.httpStatus),
    ),
    ...headers("Response", ofEachResponse, before.response?.headers ?? {}, after.response?.headers ?? {}),
    part("Response body", ({ response }) => response?.body ?? null),
  ].filter((one) => one.before !== one.after);
}

function headers(
  whose: "Request" | "Response",
  left: ReadonlySet<string>,
  before: Record<string, string>,
  after: Record<string, string>,
): Difference[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names
    .filter((name) => !left.has(name))
    .toSorted()
    .map((name) => ({
      part: `${whose} header ${name}`,
      before: before[name] ?? null,
      after: after[name] ?? null,
    }));
}

export type TimingRow = { label: string; before: number | null; after: number | null };

/** The phases that at least one of the two reached, and the total duration, in milliseconds. */
export function compareTimings(before: AttemptOutput, after: AttemptOutput): TimingRow[] {
  const names = Object.keys(phaseLabels) as (keyof typeof phaseLabels)[];
  return [
    ...names
      .map((name) => ({
        label: phaseLabels[name],
        before: before.timings?.[name] ?? null,
        after: after.timings?.[name] ?? null,
      }))
      .filter((row) => row.before !== null || row.after !== null),
    { label: "Total", before: before.durationMs, after: after.durationMs },
  ];
}

/**
 * The two attempts that say most: the first failure, and the last success before it.
 *
 * @param attempts in any order
 * @param reference the webhook's last success before this delivery failed, if it belongs to another delivery
 * @returns `null` if nothing has failed; without a success the first two attempts, if there are two
 */
export function pairToCompare(
  attempts: readonly AttemptOutput[],
  reference: AttemptOutput | null,
): { before: AttemptOutput; after: AttemptOutput } | null {
  const inTurn = attempts.toSorted((a, b) => a.number - b.number);
  const lastGood = inTurn.findLast(
    (attempt, index) => !describeFailure(attempt) && inTurn.slice(index + 1).some(describeFailure),
  );
  const after = inTurn.find(
    (attempt) => describeFailure(attempt) && (!lastGood || attempt.number > lastGood.number),
  );
  if (!after) return null;
  const before = lastGood ?? reference;
  if (before) return { before, after };
  const [first, second] = inTurn;
  return first && second ? { before: first, after: second } : null;
}

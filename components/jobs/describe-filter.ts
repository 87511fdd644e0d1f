import { formatMoment } from "@/components/ui/format-time";
import type { ReplayOutput } from "@/lib/contract/replays";
import { attemptErrorTexts, type DeliveryStatusFilter } from "@/lib/core/deliveries";

const statuses: Record<DeliveryStatusFilter, string> = {
  pending: "waiting or retrying",
  waiting: "waiting",
  retrying: "retrying",
  failed: "failed",
  held: "held",
  succeeded: "succeeded",
  discarded: "discarded",
};

/** What a job is about, like "status failed · type invoice.paid"; all events without filters. */
export function describeFilter(
  filter: NonNullable<ReplayOutput["filter"]>,
  {
    nameOf,
    now,
  }: {
    /** The name of a webhook; `null` if unknown. */
    nameOf: (endpointId: string) => string | null;
    /** `null` until the page is in the browser, which knows the viewer's zone. */
    now: Date | null;
  },
): string {
  const { id, endpointId, status, type, httpStatus, error, attemptsMin, attemptsMax, from, to } = filter;
  const time = (text: string) => (now ? formatMoment(new Date(text), now) : "");
  const parts = [
    id && (id.length === 1 ? "1 selected event" : `${id.length.toLocaleString("en")} selected events`),
    endpointId && `webhook ${listed(endpointId.map((one) => nameOf(one) ?? "a deleted webhook"))}`,
    status?.length && `status ${listed(status.map((one) => statuses[one]))}`,
    type?.length && `type ${listed(type)}`,
    httpStatus?.length && `response ${listed(httpStatus)}`,
    error?.length && `cause “${listed(error.map((one) => attemptErrorTexts[one].title))}”`,
    attemptsMin !== undefined && `${attemptsMin.toLocaleString("en")} or more attempts`,
    attemptsMax !== undefined && `at most ${attemptsMax.toLocaleString("en")} attempts`,
    from && `since ${time(from)}`,
    to && `until ${time(to)}`,
    filter.eventId && `event ${filter.eventId}`,
    filter.failureGroup && "one failure group",
    filter.replayId && "what another job sent",
    filter.q && `search “${filter.q}”`,
  ].filter((part) => typeof part === "string");
  return parts.length === 0 ? "All events" : parts.join(" · ");
}

function listed(values: readonly string[]): string {
  const more = values.length - 3;
  return `${values.slice(0, 3).join(", ")}${more > 0 ? ` and ${more.toLocaleString("en")} more` : ""}`;
}

import type { TransitionRow } from "@/db/queries/endpoint-transitions";
import type { EndpointRow } from "@/db/queries/endpoints";
import { causeFrom, describeCause } from "../core/describe-cause";
import { probesLeft } from "../core/endpoint-state";
import { formatRate } from "../core/format-rate";
import { toPublicId } from "../core/ids";
import { estimateDisabling } from "../endpoints/estimate-disabling";
import { presentFailure } from "../endpoints/present-failure";
import type { EndpointFigures } from "../endpoints/read-endpoint-figures";
import { settings } from "../platform/env";
import { type Message, oneLine } from "./render-message";

/** The data of an email about a webhook's state, at the time when the email is written. */
export type Notice = {
  transition: TransitionRow;
  endpoint: EndpointRow;
  workspace: { slug: string; name: string; retentionDays: number };
  figures: EndpointFigures;
  /** The largest group of its events with the same failure; `null` if none fails. */
  largestGroup: { id: string; count: number } | null;
  now: Date;
};

const dayMs = 86_400_000;

/**
 * The email to owners about a webhook: which one, what is wrong and since when, what happens next, and what to do.
 * `null` for a person's change, which needs no email.
 */
export function composeMessage(notice: Notice): Message | null {
  const { transition } = notice;
  switch (transition.kind) {
    case "failing":
    case "threshold":
      return composeFailing(notice);
    case "disabled":
      return transition.cause === "failures" || transition.cause === "gone" ? composeDisabled(notice) : null;
    case "recovered":
      return composeRecovered(notice);
    case "enabled":
      return null;
  }
}

function composeFailing(notice: Notice): Message {
  const { transition, endpoint, now } = notice;
  const failures = transition.consecutiveFailures;
  const still = transition.kind === "threshold" ? "still " : "";
  const subject = `Webhook “${nameOf(notice)}” is ${still}failing: ${failures} failures in a row`;
  // If it is written late, the state may have changed: then only what is still true is said.
  const isCurrent = endpoint.consecutiveFailures === failures && !endpoint.disabledAt;
  const nextTry = isCurrent ? endpoint.nextProbeAt : null;
  const disabling = isCurrent ? estimateDisabling(endpoint, { scale: settings().retryScale, now }) : null;
  const left = probesLeft(failures);
  const about = disabling ? `, about ${formatAbout(disabling, now)},` : "";
  return messageOf(notice, {
    subject,
    facts: [
      ...sinceFact(notice),
      ...errorFact(notice),
      ...figureFacts(notice),
      ...waitingFact(notice),
      ...(nextTry ? [{ label: "Next try", value: nextTry > now ? formatUtc(nextTry) : "soon" }] : []),
    ],
    paragraphs: [
      ...advice(notice),
      `One event at a time is tried until one succeeds, and the others wait. After ${left} more failed tries${about} the webhook is disabled and its events are held.`,
    ],
  });
}

function composeDisabled(notice: Notice): Message {
  const { transition, endpoint, workspace, figures, now } = notice;
  const reason = describeCause(causeFrom(transition.cause, transition.actorName));
  const why = transition.cause === "failures" ? ` ${reason} in a row` : `: ${reason}`;
  const subject = `Webhook “${nameOf(notice)}” was disabled${why}`;
  const until = formatDate(new Date(now.getTime() + workspace.retentionDays * dayMs));
  return messageOf(notice, {
    subject,
    facts: [
      { label: "Disabled", value: formatUtc(transition.createdAt) },
      ...sinceFact(notice),
      ...errorFact(notice),
      ...figureFacts(notice),
      { label: "Held", value: countEvents(figures.held) },
    ],
    paragraphs: [
      ...advice(notice),
      `Nothing is sent to it automatically. ${
        endpoint.discardsWhileDisabled
          ? "New events are discarded."
          : `New events are held, until ${until} at the latest.`
      }`,
      "When the receiver is fixed, open the webhook, send a test event, and press Enable webhook. You can then replay the held events.",
    ],
  });
}

function composeRecovered(notice: Notice): Message {
  return messageOf(notice, {
    subject: `Webhook “${nameOf(notice)}” works again`,
    facts: [{ label: "Recovered", value: formatUtc(notice.transition.createdAt) }, ...waitingFact(notice)],
    paragraphs: [
      notice.figures.waiting
        ? "An event was delivered. The waiting events are being sent now, one at a time at first, then faster."
        : "An event was delivered, and no other waits.",
    ],
  });
}

function messageOf(notice: Notice, own: Pick<Message, "subject" | "facts" | "paragraphs">): Message {
  const { endpoint, workspace } = notice;
  const webhook = `${nameOf(notice)} (${new URL(endpoint.url).host})`;
  const path = `${workspace.slug}/developers/webhooks/${toPublicId("endpoint", endpoint.id)}`;
  return {
    ...own,
    headline: own.subject,
    facts: [
      { label: "Webhook", value: webhook },
      { label: "Workspace", value: oneLine(workspace.name) },
      ...own.facts,
    ],
    link: linkOf(notice, `${settings().appUrl}/${path}`),
    footer: `You got this email because you are an owner of the workspace ${oneLine(workspace.name)} in Posthorn.`,
  };
}

/** A link to the failing events, or to the webhook if none fail (any more). */
function linkOf({ largestGroup, transition }: Notice, url: string): Message["link"] {
  if (!largestGroup || transition.kind === "recovered") return { label: "Open the webhook", url };
  const { id, count } = largestGroup;
  return {
    label: `Show ${countEvents(count)} that ${count === 1 ? "fails" : "fail alike"}`,
    url: `${url}?group=${toPublicId("failureGroup", id)}`,
  };
}

const nameOf = ({ endpoint }: Notice) => oneLine(endpoint.name);

function sinceFact({ endpoint: { failingSince }, transition }: Notice): Message["facts"] {
  const isOfThisStreak = failingSince && failingSince <= transition.createdAt;
  return isOfThisStreak ? [{ label: "Failing since", value: formatUtc(failingSince) }] : [];
}

/** The webhook's figures as on its page, at the time when the email is written. */
function figureFacts({ figures }: Notice): Message["facts"] {
  const { lastDeliveryAt, lastSuccessAt, health24h } = figures;
  const { successRate, due } = health24h;
  return [
    ...(lastDeliveryAt ? [{ label: "Last attempt", value: formatUtc(new Date(lastDeliveryAt)) }] : []),
    { label: "Last success", value: lastSuccessAt ? formatUtc(new Date(lastSuccessAt)) : "Never" },
    ...(successRate === null
      ? []
      : [{ label: "In 24 hours", value: `${formatRate(successRate)} of ${countEvents(due)} delivered` }]),
  ];
}

function waitingFact({ figures: { waiting } }: Notice): Message["facts"] {
  if (!waiting) return [];
  const { count, more, oldestAt } = waiting;
  const events = more ? `${count.toLocaleString("en")}+ events` : countEvents(count);
  return [{ label: "Waiting", value: `${events}, the oldest since ${formatUtc(new Date(oldestAt))}` }];
}

const countEvents = (n: number) => `${n.toLocaleString("en")} ${n === 1 ? "event" : "events"}`;

function errorFact(notice: Notice): Message["facts"] {
  const failure = failureOf(notice);
  return failure ? [{ label: "Last error", value: failure.title }] : [];
}

function advice(notice: Notice): string[] {
  const text = failureOf(notice)?.advice;
  return text ? [text] : [];
}

/** The endpoint's last failure says more about the same error. */
function failureOf({ transition, endpoint }: Notice) {
  return presentFailure({
    lastFailureAt: transition.createdAt,
    lastFailureStatus: transition.httpStatus,
    lastFailureError: transition.error,
    lastFailureDetail: endpoint.lastFailureError === transition.error ? endpoint.lastFailureDetail : null,
  });
}

const momentFormat = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  timeZone: "UTC",
});
const dateFormat = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});

/** `20 Nov 2026, 14:32 UTC`: the reader may be in any time zone. */
const formatUtc = (date: Date) => `${momentFormat.format(date)} UTC`;
const formatDate = (date: Date) => dateFormat.format(date);

/** With the time of day only if it is close. */
const formatAbout = (date: Date, now: Date) =>
  date.getTime() - now.getTime() < dayMs ? formatUtc(date) : formatDate(date);

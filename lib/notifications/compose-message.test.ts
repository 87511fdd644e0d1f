import { beforeAll, expect, test } from "vitest";
import { newId } from "../core/ids";
import { readSettings } from "../platform/env";
import { composeMessage, type Notice } from "./compose-message";
import { renderMessage } from "./render-message";

const at = (time: string) => new Date(`2026-11-20T${time}:00.000Z`);
const endpointId = "0198c0de-0000-7000-8000-000000000001";

beforeAll(() => {
  const posthornSettings = readSettings({
    DATABASE_URL: "postgres://posthorn@localhost/posthorn",
    POSTHORN_ENCRYPTION_KEY: Buffer.alloc(32, 7).toString("base64"),
    POSTHORN_AUTH_SECRET: "x".repeat(32),
    APP_URL: "https://posthorn.example.com",
  });
  Object.assign(globalThis, { posthornSettings });
});

type Changes = {
  transition?: Partial<Notice["transition"]>;
  endpoint?: Partial<Notice["endpoint"]>;
  figures?: Partial<Notice["figures"]>;
  largestGroup?: Notice["largestGroup"];
};

function noticeOf({ transition, endpoint, figures, largestGroup }: Changes): Notice {
  return {
    transition: {
      id: newId(),
      workspaceId: newId(),
      endpointId,
      kind: "failing",
      consecutiveFailures: 5,
      httpStatus: 500,
      error: null,
      cause: null,
      actorId: null,
      actorName: null,
      notified: false,
      createdAt: at("14:32"),
      ...transition,
    },
    endpoint: {
      id: endpointId,
      url: "https://hooks.example.com/billing?token=hidden",
      name: "Billing",
      description: null,
      eventTypes: null,
      signature: "hmac",
      headers: {},
      createdAt: at("00:00"),
      updatedAt: at("00:00"),
      deletedAt: null,
      disabledAt: null,
      disabledCause: null,
      disabledActorName: null,
      retryPolicy: null,
      rateLimit: null,
      generation: 0,
      discardsWhileDisabled: false,
      consecutiveFailures: 5,
      failingSince: at("14:02"),
      nextProbeAt: at("14:33"),
      lastFailureAt: at("14:32"),
      lastFailureStatus: 500,
      lastFailureError: null,
      lastFailureDetail: null,
      ...endpoint,
    },
    workspace: { slug: "main", name: "Main", retentionDays: 30 },
    figures: {
      held: 0,
      waiting: null,
      health24h: { due: 0, succeeded: 0, successRate: null, requests: 0, hours: [] },
      lastDeliveryAt: null,
      lastSuccessAt: null,
      ...figures,
    },
    largestGroup: largestGroup ?? null,
    now: at("14:32"),
  };
}

function write(changes: Changes) {
  const message = composeMessage(noticeOf(changes));
  if (!message) throw new Error("there is no message");
  return renderMessage(message);
}

test("the link leads to the most events that fail alike, and to the webhook once it works again", () => {
  const url = "https://posthorn.example.com/main/developers/webhooks/ep_0198c0de000070008000000000000001";
  const largestGroup = { id: "0198c0de-0000-7000-8000-000000000002", count: 27 };
  expect(write({ largestGroup }).text).toContain(
    `Show 27 events that fail alike: ${url}?group=fgr_0198c0de000070008000000000000002\n`,
  );
  expect(write({ largestGroup: { ...largestGroup, count: 1 } }).text).toContain("Show 1 event that fails: ");
  expect(write({ largestGroup, transition: { kind: "recovered" } }).text).toContain(
    `Open the webhook: ${url}\n`,
  );
});

test("once a webhook works again, only events that wait are said to be sent", () => {
  const waiting = { count: 456, more: false, oldestAt: at("13:20").toISOString() };
  const recovered = { kind: "recovered" } as const;
  expect(write({ transition: recovered, figures: { waiting } }).text).toContain(
    "waiting events are being sent",
  );
  const { text } = write({ transition: recovered });
  expect(text).toContain("An event was delivered, and no other waits.");
  expect(text).not.toContain("being sent");
});

test("a webhook that begins to fail: which one, what is wrong, since when, and what happens next", () => {
  const { subject, text, html } = write({
    figures: {
      waiting: { count: 456, more: false, oldestAt: at("13:20").toISOString() },
      health24h: { due: 1_204, succeeded: 748, successRate: 748 / 1_204, requests: 760, hours: [] },
      lastDeliveryAt: at("14:32").toISOString(),
      lastSuccessAt: at("13:58").toISOString(),
    },
  });
  expect(subject).toBe("Webhook “Billing” is failing: 5 failures in a row");
  expect(text).toBe(`Webhook “Billing” is failing: 5 failures in a row

Webhook:       Billing (hooks.example.com)
Workspace:     Main
Failing since: 20 Nov 2026, 14:02 UTC
Last error:    The webhook answered 500 Internal Server Error
Last attempt:  20 Nov 2026, 14:32 UTC
Last success:  20 Nov 2026, 13:58 UTC
In 24 hours:   62.1 % of 1,204 events delivered
Waiting:       456 events, the oldest since 20 Nov 2026, 13:20 UTC
Next try:      20 Nov 2026, 14:33 UTC

Something failed in the receiver. Check its log at this time.

One event at a time is tried until one succeeds, and the others wait. After 15 more failed tries, about 1 Dec 2026, the webhook is disabled and its events are held.

Open the webhook: https://posthorn.example.com/main/developers/webhooks/ep_0198c0de000070008000000000000001

--
You got this email because you are an owner of the workspace Main in Posthorn.`);
  expect(html).toContain("https://posthorn.example.com/main/developers/webhooks/ep_0198c0de");
  expect(text + html).not.toContain("hidden");
});

test("one that goes on failing without an answer", () => {
  const { subject, text } = write({
    transition: { kind: "threshold", consecutiveFailures: 15, httpStatus: null, error: "connection_refused" },
    endpoint: { consecutiveFailures: 15 },
  });
  expect(subject).toBe("Webhook “Billing” is still failing: 15 failures in a row");
  expect(text).toContain("The server refused the connection\n");
  expect(text).toContain("Is the receiver running?");
  expect(text).toContain("After 5 more failed tries");
  expect(text).toMatch(/^Last success: +Never$/m);
  expect(text).not.toMatch(/Waiting:|Last attempt:|In 24 hours:/);
});

test("one written late says nothing that is no longer so", () => {
  const { text } = write({
    endpoint: { consecutiveFailures: 0, failingSince: null, nextProbeAt: null },
  });
  expect(text).not.toMatch(/Next try|Failing since|, about/);
  expect(text).toContain("After 15 more failed tries the webhook is disabled");
});

test("a disabled webhook: what is held, for how long, and how to enable it", () => {
  const { subject, text } = write({
    transition: { kind: "disabled", consecutiveFailures: 20, cause: "failures" },
    endpoint: { consecutiveFailures: 20, disabledAt: at("14:32") },
    figures: { held: 1_204 },
  });
  expect(subject).toBe("Webhook “Billing” was disabled after 20 failures in a row");
  expect(text).toContain("Held:          1,204 events");
  expect(text).toContain("New events are held, until 20 Dec 2026 at the latest.");
  expect(text).toContain("press Enable webhook");
});

test("one that holds nothing does not say that it does", () => {
  const { text } = write({
    transition: { kind: "disabled", consecutiveFailures: 1, httpStatus: 410, cause: "gone" },
    endpoint: { discardsWhileDisabled: true },
  });
  expect(text).toContain("New events are discarded.");
  expect(text).not.toContain("at the latest");
});

test.each(["enabled", "disabled"] as const)("nobody is notified that a person %s it", (kind) => {
  for (const cause of ["user", "api_key", "system"] as const)
    expect(composeMessage(noticeOf({ transition: { kind, cause, actorName: "Ana" } }))).toBeNull();
});

test("names are text, in a header as in HTML, whatever is in them", () => {
  const name = 'A "quoted" & <b>bold</b>\r\nBcc: victim@example.com\u0000\u2028x';
  const { subject, text, html } = write({ endpoint: { name } });
  expect(subject).toMatch(/^Webhook “A "quoted" & <b>bold<\/b> Bcc: victim@example.com x” is failing/);
  expect(text).not.toMatch(/^Bcc:/m);
  expect(html).toContain("A &quot;quoted&quot; &amp; &lt;b&gt;bold&lt;/b&gt; Bcc: victim@example.com x");
  expect(html).not.toContain("<b>");
});

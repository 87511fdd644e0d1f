import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { inWorkspace } from "@/components/testing/in-workspace";
import { serveApi } from "@/components/testing/serve-api";
import { testEndpoint } from "@/components/testing/test-endpoint";
import { LoadedToaster } from "@/components/ui/loaded-toaster";
import type { ReplayCountOutput } from "@/lib/contract/replays";
import { SendAgainDialog } from "./send-again-dialog";

const billing = testEndpoint({
  id: "ep_1",
  name: "Billing",
  status: "failing",
  consecutiveFailures: 7,
  nextProbeAt: new Date(Date.now() + 1_470_000).toISOString(),
});
const failedAgain = testEndpoint({
  ...billing,
  lastFailure: {
    at: "2026-11-20T12:30:00.000Z",
    httpStatus: 503,
    error: null,
    title: "The webhook answered 503",
    advice: "",
  },
});
const nothing: ReplayCountOutput = {
  count: 0,
  skipped: 0,
  oldest: null,
  endpoints: [],
  types: [],
  waiting: [],
};
const toBeRetried: ReplayCountOutput = {
  ...nothing,
  count: 12,
  oldest: "2026-11-20T12:00:00.000Z",
  endpoints: [{ endpointId: "ep_1", count: 12, nextProbeAt: billing.nextProbeAt }],
  types: [{ type: "invoice.paid", count: 12 }],
};
const queued = (count: number) => [{ endpointId: "ep_1", count }];

/** Counts as given, one after the other; the last one stays. */
const show = (...counts: ReplayCountOutput[]) => showOf(billing, ...counts);

async function showOf(endpoint: typeof billing, ...counts: ReplayCountOutput[]) {
  let counted = 0;
  await serveApi(({ method, path }) => {
    if (path === "/endpoints") return { body: { data: [endpoint], nextCursor: null, maxEndpoints: 10 } };
    if (method === "POST" && path === "/replays")
      return { status: 202, body: counts[Math.min(counted++, counts.length - 1)] };
    return { body: method === "POST" ? billing : failedAgain };
  });
  render(
    <>
      <LoadedToaster />
      <SendAgainDialog filter={{ tests: "0" }} onClose={() => {}} />
    </>,
    { wrapper: inWorkspace() },
  );
}

test("after a try that failed the webhook is still named, and its events are said to be queued", async () => {
  await show(toBeRetried, { ...nothing, skipped: 12, waiting: queued(12) });
  await userEvent.click(await screen.findByRole("button", { name: "Try Billing now" }));
  await waitFor(() => expect(screen.getByRole("heading").textContent).toBe("12 events already queued"), {
    timeout: 5_000,
  });
  expect(screen.getByText("They don't need to be sent again.")).toBeDefined();
  expect(
    await screen.findByText("Billing keeps failing: 12 events wait and are sent once a try succeeds."),
  ).toBeDefined();
  expect(await screen.findByRole("button", { name: "Try Billing now" })).toBeDefined();
  expect(screen.getByRole<HTMLButtonElement>("button", { name: "Send again" }).disabled).toBe(true);
});

test("what is queued is counted with what would be sent, and apart from what is skipped", async () => {
  await show({ ...toBeRetried, skipped: 4, waiting: queued(3) });
  expect(await screen.findByText("Send 12 events again?")).toBeDefined();
  expect(
    screen.getByText(
      "They are sent alongside new events. 3 more are queued already. 1 event is skipped: due or being sent now, or the webhook is disabled or deleted.",
    ),
  ).toBeDefined();
  expect(await screen.findByText(/^Billing keeps failing: 15 events wait/)).toBeDefined();
});

test("if nothing matches any more, that is said", async () => {
  await show(nothing);
  expect(await screen.findByText("Nothing to send again")).toBeDefined();
  expect(screen.getByText("No event matches any more.")).toBeDefined();
});

test("what is sent again to a disabled webhook is not said to be sent before it is enabled", async () => {
  const endpoints = [{ endpointId: "ep_1", count: 12, nextProbeAt: null }];
  await showOf(testEndpoint({ id: "ep_1", name: "Billing", status: "disabled" }), {
    ...toBeRetried,
    endpoints,
  });
  expect(
    await screen.findByText("The webhook is disabled: the job waits, and goes on when it is enabled."),
  ).toBeDefined();
});

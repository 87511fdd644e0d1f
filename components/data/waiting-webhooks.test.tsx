import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { asViewer, inWorkspace } from "@/components/testing/in-workspace";
import { serveApi } from "@/components/testing/serve-api";
import { testEndpoint } from "@/components/testing/test-endpoint";
import { LoadedToaster } from "@/components/ui/loaded-toaster";
import type { EndpointOutput } from "@/lib/contract/endpoints";
import { WaitingWebhooks } from "./waiting-webhooks";

const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000 + 30_000).toISOString();
const failing = (id: string, name: string) =>
  testEndpoint({
    id,
    name,
    status: "failing",
    consecutiveFailures: 7,
    nextProbeAt: inMinutes(24),
    waiting: { count: 12, more: false, oldestAt: "2026-11-20T12:00:00.000Z" },
  });
const billing = failing("ep_1", "Billing");
const shop = failing("ep_2", "Shop");
const search = testEndpoint({ id: "ep_3", name: "Search" });

/** Shows what waits for these webhooks; of one that is tried the API says that it answers. */
async function show(endpoints: EndpointOutput[], { workspace = {} } = {}) {
  let tried = 0;
  const requests = await serveApi(({ path }) => ({
    body:
      path === "/endpoints"
        ? { data: endpoints, nextCursor: null, maxEndpoints: 10 }
        : testEndpoint({ id: path.split("/")[2] ?? "" }),
  }));
  const waits = endpoints.map(({ id }, at) => ({ endpointId: id, count: 12 - at }));
  render(
    <>
      <LoadedToaster />
      <WaitingWebhooks
        waits={waits}
        onTried={() => {
          tried += 1;
        }}
      />
    </>,
    { wrapper: inWorkspace({ workspace }) },
  );
  return { requests, tried: () => tried };
}

test("one that keeps failing is named with what waits and its next try, and can be tried", async () => {
  const { requests, tried } = await show([billing, search]);
  expect(
    await screen.findByText("Billing keeps failing: 12 events wait and are sent once a try succeeds."),
  ).toBeDefined();
  expect(screen.getByText(/^Next try in 24 min( \d+ s)?, at \d+:\d+/)).toBeDefined();
  await userEvent.click(screen.getByRole("button", { name: "Try Billing now" }));
  await waitFor(() => expect(tried()).toBe(1), { timeout: 5_000 });
  expect(requests.map(({ method, path }) => `${method} ${path}`)).toContain("POST /endpoints/ep_1/probe");
});

test("of several each is named, with its own try", async () => {
  await show([billing, shop, search]);
  expect(await screen.findByText(/^2 of these webhooks keep failing/)).toBeDefined();
  expect(screen.getByText(/^Billing: 12 events, next try in 24 min/)).toBeDefined();
  expect(screen.getByText(/^Shop: 11 events, next try in 24 min/)).toBeDefined();
  expect(screen.getAllByRole("button", { name: /^Try / })).toHaveLength(2);
});

test("those that take events are left out, and one that has failed only a few times", async () => {
  await show([{ ...shop, consecutiveFailures: 4, nextProbeAt: null }, billing, search]);
  expect(await screen.findByText(/^Billing keeps failing: 11 events wait/)).toBeDefined();
  expect(screen.getAllByRole("button", { name: /^Try / })).toHaveLength(1);
});

test("a viewer is told, and cannot have it tried", async () => {
  await show([billing], { workspace: asViewer });
  expect(await screen.findByText(/^Billing keeps failing/)).toBeDefined();
  expect(screen.queryByRole("button")).toBeNull();
});

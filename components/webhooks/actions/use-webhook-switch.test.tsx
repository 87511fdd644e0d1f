import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { inWorkspace } from "@/components/testing/in-workspace";
import { serveApi } from "@/components/testing/serve-api";
import { testEndpoint } from "@/components/testing/test-endpoint";
import type { EndpointOutput } from "@/lib/contract/endpoints";
import { useWebhookSwitch } from "./use-webhook-switch";

function Switch({ endpoint }: { endpoint: EndpointOutput }) {
  const { start, dialog } = useWebhookSwitch(endpoint);
  return (
    <>
      <button type="button" onClick={start}>
        Switch
      </button>
      {dialog}
    </>
  );
}

/** Shows the switch; gives what was asked of the API, in order. */
async function show(given: Partial<EndpointOutput>) {
  const endpoint = testEndpoint(given);
  const requests = await serveApi(() => ({ body: { ...endpoint, replayId: null } }));
  render(<Switch endpoint={endpoint} />, { wrapper: inWorkspace() });
  await press("Switch");
  return () => requests.filter(({ method }) => method === "POST").map(({ path, body }) => ({ path, body }));
}

const press = async (name: string | RegExp) => userEvent.click(await screen.findByRole("button", { name }));
const choose = async (name: string | RegExp) => userEvent.click(await screen.findByRole("radio", { name }));
const disabled = { status: "disabled", disabledAt: "2026-11-20T12:00:00.000Z" } as const;

test("a webhook that holds nothing is enabled at once", async () => {
  const asked = await show(disabled);
  await expect.poll(asked).toEqual([{ path: "/endpoints/ep_1/enable", body: {} }]);
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("one that holds events asks first; they are replayed unless something else is chosen", async () => {
  const asked = await show({ ...disabled, held: 12 });
  await press("Enable webhook");
  await expect.poll(asked).toEqual([{ path: "/endpoints/ep_1/enable", body: { held: "replay" } }]);
});

test("discarding is confirmed with what is lost, and can be gone back from", async () => {
  const asked = await show({ ...disabled, held: 12 });
  await choose("Discard");
  await press("Enable webhook");
  await press("Back");
  await press("Enable webhook");
  expect(asked()).toEqual([]);
  await press("Discard 12 events and enable");
  await expect.poll(asked).toEqual([{ path: "/endpoints/ep_1/enable", body: { held: "discard" } }]);
});

test("disabling asks whether events are held meanwhile", async () => {
  const asked = await show({});
  await press("Disable webhook");
  await expect.poll(asked).toEqual([{ path: "/endpoints/ep_1/disable", body: { keepEvents: true } }]);
});

test("events that are not kept are said to be discarded by the button that does it", async () => {
  const asked = await show({});
  await choose("Don't keep them");
  await press("Disable and discard its events");
  await expect.poll(asked).toEqual([{ path: "/endpoints/ep_1/disable", body: { keepEvents: false } }]);
});

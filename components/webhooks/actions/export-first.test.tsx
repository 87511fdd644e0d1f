import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { inWorkspace } from "@/components/testing/in-workspace";
import { serveApi } from "@/components/testing/serve-api";
import { testEndpoint } from "@/components/testing/test-endpoint";
import { DisableDialog } from "./disable-dialog";
import { EnableDialog } from "./enable-dialog";
import { HeldDialog } from "./held-dialog";

const endpoint = testEndpoint({ status: "disabled", held: 2 });
const offer = () => screen.getByRole("group", { name: "Export them first" });

test.each([
  ["CSV", "csv"],
  ["NDJSON", "ndjson"],
])(
  "what would be discarded can be exported first as %s, and nothing is discarded by that",
  async (name, format) => {
    const requests = await serveApi(() => ({ body: [] }));
    render(<HeldDialog endpoint={endpoint} action="discard" onClose={() => {}} />, {
      wrapper: inWorkspace(),
    });
    await userEvent.click(within(offer()).getByRole("button", { name }));
    await waitFor(() => expect(requests).toHaveLength(1));
    expect(requests.map(({ method, path, query }) => [method, path, ...query.values()])).toEqual([
      ["GET", "/deliveries/export", format, endpoint.id, "held"],
    ]);
    expect(screen.getByRole("button", { name: "Discard 2 events" })).toBeDefined();
  },
);

test("a replay loses nothing, and offers no export", () => {
  render(<HeldDialog endpoint={endpoint} action="replay" onClose={() => {}} />, { wrapper: inWorkspace() });
  expect(screen.queryByRole("group", { name: "Export them first" })).toBeNull();
});

test("an export that is refused says why, in the dialog", async () => {
  await serveApi(() => ({
    status: 403,
    body: { title: "Forbidden", detail: "Your role may not read events." },
  }));
  render(<HeldDialog endpoint={endpoint} action="discard" onClose={() => {}} />, { wrapper: inWorkspace() });
  await userEvent.click(within(offer()).getByRole("button", { name: "CSV" }));
  expect(await screen.findByText("Your role may not read events.")).toBeDefined();
});

test("enabling offers it once discarding is chosen, before the last step", async () => {
  const requests = await serveApi(() => ({ body: [] }));
  render(<EnableDialog endpoint={endpoint} onClose={() => {}} />, { wrapper: inWorkspace() });
  await userEvent.click(screen.getByRole("radio", { name: "Discard" }));
  await userEvent.click(screen.getByRole("button", { name: "Enable webhook" }));
  await userEvent.click(within(offer()).getByRole("button", { name: "CSV" }));
  await waitFor(() => expect(requests.map(({ path }) => path)).toEqual(["/deliveries/export"]));
  expect(screen.getByRole("button", { name: "Discard 2 events and enable" })).toBeDefined();
});

test("disabling without keeping events offers what waits, if anything does", async () => {
  const requests = await serveApi(() => ({ body: [] }));
  const waiting = { count: 3, more: false, oldestAt: new Date(2020, 0, 10).toISOString() };
  const { rerender } = render(<DisableDialog endpoint={testEndpoint({ waiting })} onClose={() => {}} />, {
    wrapper: inWorkspace(),
  });
  const whatWaits = () => screen.queryByRole("group", { name: "Export waiting events first" });
  expect(whatWaits()).toBeNull();
  await userEvent.click(screen.getByRole("radio", { name: "Don't keep them" }));
  await userEvent.click(within(whatWaits() as HTMLElement).getByRole("button", { name: "NDJSON" }));
  await waitFor(() => expect(requests[0]?.query.getAll("status")).toEqual(["pending", "held"]));
  rerender(<DisableDialog endpoint={testEndpoint()} onClose={() => {}} />);
  expect(whatWaits()).toBeNull();
});

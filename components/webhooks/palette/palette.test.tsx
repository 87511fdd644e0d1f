import { render, screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test } from "vitest";
import { ShortcutsHelp } from "@/components/shell/shortcuts-help";
import { inWorkspace, testRouter } from "@/components/testing/in-workspace";
import { serveApi } from "@/components/testing/serve-api";
import { testDelivery } from "@/components/testing/test-delivery";
import { Palette } from "./palette";

const digits = "01a222bd4ff07a2489b28efca5f6ad39";
const endpoint = { id: `ep_${digits}`, name: "Analytics" };
const mark = {
  id: `trn_${digits}`,
  endpointId: endpoint.id,
  kind: "disabled",
  reason: "by Ana",
  createdAt: "2026-11-28T15:18:00.000Z",
};

async function open() {
  await serveApi(({ path, query }) => {
    if (path === "/deliveries/histogram") {
      const isAround = (query.get("from") ?? "") < (query.get("to") ?? "");
      return { body: { marks: isAround ? [mark] : [] } };
    }
    if (path === `/endpoints/${endpoint.id}`) return { body: endpoint };
    if (path === "/deliveries")
      return { body: { data: [testDelivery({ id: `dlv_${digits}` })], nextCursor: null } };
    return { body: { data: [], nextCursor: null } };
  });
  const router = testRouter();
  render(
    <ShortcutsHelp>
      <Palette onClose={() => {}} />
    </ShortcutsHelp>,
    { wrapper: inWorkspace({ router }) },
  );
  return { router, input: await screen.findByRole("combobox") };
}

test.each([
  ["dlv", "Delivery", `/acme/developers/events?delivery=dlv_${digits}`],
  ["trn", "State change by Ana", `/acme/developers/webhooks/${endpoint.id}?tab=overview`],
])("a pasted id %s_… is found, and Enter leads to its page", async (prefix, detail, href) => {
  const { router, input } = await open();
  await userEvent.click(input);
  await userEvent.paste(`${prefix}_${digits}`);
  await screen.findByText(detail);
  expect(screen.queryByText(/Nothing matches/)).toBeNull();
  await waitFor(() => expect(screen.getByRole("option", { selected: true }).textContent).toContain(detail));
  await userEvent.keyboard("{Enter}");
  expect(router.pushed).toEqual([href]);
});

test("what begins with the typed text is chosen, also if an earlier section has it among other words", async () => {
  const { router, input } = await open();
  await userEvent.click(input);
  // The page of security has "sign-in" among its other words.
  await userEvent.type(input, "sign");
  await waitFor(() => expect(screen.getByRole("option", { selected: true }).textContent).toBe("Sign out"));
  expect(screen.getAllByRole("option").map((one) => one.textContent)).toEqual(["Sign out", "Security"]);
  expect(router.pushed).toEqual([]);
});

test("a text that is too long to be looked for is said to be that, and not to be nowhere", async () => {
  const { input } = await open();
  await userEvent.click(input);
  await userEvent.paste("x".repeat(1_200));
  expect(
    await screen.findByText("A search can have at most 255 characters. This one has 1,200."),
  ).toBeTruthy();
  expect(screen.queryByText(/Nothing matches/)).toBeNull();
});

import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { inWorkspace } from "@/components/testing/in-workspace";
import { serveApi } from "@/components/testing/serve-api";
import type { MemberOutput } from "@/lib/contract/members";
import { MemberList } from "./member-list";

const ben: MemberOutput = {
  id: "usr_2",
  name: "Ben",
  email: "ben@example.com",
  role: "developer",
  isYou: false,
  apiKeys: 2,
  keys: [
    { name: "Producer", scopes: ["events:read", "events:write"] },
    { name: "Reports", scopes: ["events:read"] },
  ],
  joinedAt: "2026-11-01T00:00:00.000Z",
};

const show = (member: MemberOutput) =>
  render(<MemberList members={[member]} onRemove={() => {}} />, { wrapper: inWorkspace() });
const select = () => screen.getByRole<HTMLSelectElement>("combobox", { name: "Role of Ben" });

test("before a role is lowered the API keys that lose scopes are named with them, and nothing is sent", async () => {
  const requests = await serveApi(() => ({ body: { ok: true } }));
  show(ben);
  await userEvent.selectOptions(select(), "viewer");
  const dialog = await screen.findByRole("alertdialog", { name: "Change the role of Ben to viewer?" });
  const lost = within(dialog).getByRole("list", { name: "API keys that lose scopes" });
  expect(
    within(lost)
      .getAllByRole("listitem")
      .map((item) => item.textContent),
  ).toEqual(["Producerevents:write"]);
  await userEvent.click(within(dialog).getByRole("button", { name: "Cancel" }));
  expect(select().value).toBe("developer");
  expect(requests).toEqual([]);

  await userEvent.selectOptions(select(), "viewer");
  await userEvent.click(await screen.findByRole("button", { name: "Change role" }));
  await waitFor(() => expect(screen.queryByRole("alertdialog")).toBeNull());
  expect(requests).toMatchObject([{ method: "PATCH", path: "/members/usr_2", body: { role: "viewer" } }]);
});

test("a refusal is said in the dialog", async () => {
  await serveApi(() => ({ status: 409, body: { title: "Conflict", detail: "A workspace needs an owner." } }));
  show(ben);
  await userEvent.selectOptions(select(), "viewer");
  await userEvent.click(await screen.findByRole("button", { name: "Change role" }));
  const dialog = await screen.findByRole("alertdialog");
  expect(await within(dialog).findByText("A workspace needs an owner.")).toBeTruthy();
});

test("a role that takes nothing from API keys is changed at once", async () => {
  const requests = await serveApi(() => ({ body: { ok: true } }));
  show(ben);
  await userEvent.selectOptions(select(), "owner");
  await waitFor(() => expect(requests).toMatchObject([{ body: { role: "owner" } }]));
  expect(screen.queryByRole("alertdialog")).toBeNull();
});

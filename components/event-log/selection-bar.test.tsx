import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, test } from "vitest";
import { followedJobs } from "@/components/data/followed-jobs";
import { inWorkspace } from "@/components/testing/in-workspace";
import { serveApi } from "@/components/testing/serve-api";
import { SelectionBar } from "./selection-bar";

function Bar({ selected, sent }: { selected: string[]; sent: string[] }) {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set(selected));
  const clear = () => setIds(new Set());
  if (ids.size === 0) return <p>Nothing selected</p>;
  const selection = { ids, full: false, toggle: () => {}, toggleAll: () => {}, clear };
  return <SelectionBar selection={selection} endpointId="ep_1" onSendOne={(id) => sent.push(id)} />;
}

const show = (selected: string[]) => {
  const sent: string[] = [];
  render(<Bar selected={selected} sent={sent} />, { wrapper: inWorkspace() });
  return sent;
};

test("one is sent again at once, and Clear ends the selection", async () => {
  await serveApi(() => ({ body: { data: [], nextCursor: null } }));
  const sent = show(["dlv_1"]);
  await userEvent.click(screen.getByRole("button", { name: "Send again" }));
  expect(sent).toEqual(["dlv_1"]);
  expect(screen.getByText("Nothing selected")).toBeTruthy();
});

test("several are counted first, and those and no others are sent, as a job that is followed", async () => {
  const job = { id: "rpl_1" };
  const counted = { count: 2, skipped: 1, oldest: null, endpoints: [], types: [], waiting: [] };
  const requests = await serveApi(({ method, body }) => {
    if (method !== "POST") return { body: { data: [], nextCursor: null } };
    return { status: 202, body: JSON.stringify(body).includes('"dryRun":true') ? counted : job };
  });
  const sent = show(["dlv_3", "dlv_2", "dlv_1"]);
  expect(screen.getByRole("status").textContent).toBe("3 selected");
  await userEvent.click(screen.getByRole("button", { name: "Send again…" }));
  await userEvent.click(await screen.findByRole("button", { name: "Send 2 events" }));
  await screen.findByText("Nothing selected");
  const filter = { endpointId: ["ep_1"], id: ["dlv_3", "dlv_2", "dlv_1"], tests: "1" };
  const posted = requests.filter(({ method }) => method === "POST").map(({ body }) => body);
  expect(posted).toEqual([
    { filter, dryRun: true },
    { filter, order: "oldest" },
  ]);
  expect(sent).toEqual([]);
  expect(followedJobs.read("acme")).toContain("rpl_1");
});

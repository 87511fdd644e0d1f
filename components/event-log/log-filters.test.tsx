import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { inWorkspace } from "@/components/testing/in-workspace";
import { serveApi } from "@/components/testing/serve-api";
import { testEndpoint } from "@/components/testing/test-endpoint";
import { filterRow } from "./focus-first-filter";
import { LogFilters } from "./log-filters";
import type { LogParams } from "./log-params";

const nothing: LogParams = {
  status: [],
  type: [],
  response: [],
  cause: [],
  webhook: [],
  attempts: null,
  from: null,
  to: null,
  range: null,
  group: null,
  replay: null,
  q: "",
  tests: false,
  saved: null,
};

async function show(params: Partial<LogParams>) {
  await serveApi(({ path }) => ({
    body:
      path === "/endpoints"
        ? { data: [testEndpoint({ id: "ep_1", name: "Billing" })], nextCursor: null, maxEndpoints: 10 }
        : { data: [], nextCursor: null },
  }));
  const onChange = vi.fn();
  render(
    <div {...filterRow}>
      <LogFilters params={{ ...nothing, ...params }} filter={{}} onChange={onChange} webhooks />
    </div>,
    { wrapper: inWorkspace() },
  );
  return onChange;
}

test.each([
  ["Sent again by a job", "replay", "rpl_1"],
  ["One failure group", "group", "fgr_1"],
])("%s, which only a link sets, is shown and can be removed", async (name, param, id) => {
  const onChange = await show({ [param]: id });
  await userEvent.click(await screen.findByRole("button", { name: new RegExp(`^${name}`) }));
  expect(onChange).toHaveBeenCalledWith({ [param]: null });
  expect(await screen.findByRole("button", { name: /Billing|^Webhook/ })).toBeTruthy();
});

test("a webhook that was deleted since is named as such, as links and saved views still name it", async () => {
  await show({ webhook: ["ep_gone"] });
  expect(await screen.findByRole("button", { name: "Webhook: Deleted webhook" })).toBeTruthy();
  expect(screen.queryByText(/ep_gone/)).toBeNull();
});

test.each([
  ["Remove the time range", { from: new Date() }],
  ["Clear all", { response: ["5xx"] }],
])("after %s, which vanishes with the filter, the focus is on the first filter", async (name, params) => {
  await show(params);
  await userEvent.click(await screen.findByRole("button", { name: new RegExp(name) }));
  expect(document.activeElement).toBe(screen.getByRole("button", { name: "Status" }));
});

import { render, screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import type { DetachedWindowAPI } from "happy-dom";
import { afterEach, expect, test } from "vitest";
import { asViewer, inWorkspace } from "@/components/testing/in-workspace";
import { serveApi } from "@/components/testing/serve-api";
import type { ReplayOutput } from "@/lib/contract/replays";
import { JobDock } from "./job-dock";

const job: ReplayOutput = {
  id: "rpl_1",
  kind: "replay",
  endpointId: null,
  filter: { tests: "0" },
  status: "paused",
  reason: null,
  total: 12,
  done: 3,
  skipped: 0,
  ratePerSecond: 1,
  order: "oldest",
  createdAt: "2026-11-20T12:00:00.000Z",
  finishedAt: null,
  createdBy: "Ana",
};
const { happyDOM } = window as unknown as { happyDOM: DetachedWindowAPI };
afterEach(() => happyDOM.setViewport({ width: 1_024 }));
const list = () => screen.getByRole("region", { name: "Long jobs" }).querySelector("ul");

test("the dock is one line until a job changes its state, so that it does not cover what is read", async () => {
  await serveApi(() => ({ body: { data: [], nextCursor: null } }));
  const shown = render(<JobDock active={[job]} followed={[]} />, { wrapper: inWorkspace() });
  const less = screen.getByRole("button", { name: "Show only one line" });
  expect(less.getAttribute("aria-expanded")).toBe("true");
  await userEvent.click(less);
  expect(list()?.classList.contains("hidden")).toBe(true);
  shown.rerender(<JobDock active={[{ ...job, done: 4 }]} followed={[]} />);
  const more = screen.getByRole("button", { name: "Show the jobs" });
  expect(more.getAttribute("aria-expanded")).toBe("false");
  expect(list()?.classList.contains("hidden")).toBe(true);
  await userEvent.click(more);
  expect(list()?.classList.contains("hidden")).toBe(false);

  await userEvent.click(screen.getByRole("button", { name: "Show only one line" }));
  shown.rerender(<JobDock active={[{ ...job, status: "running" }]} followed={[]} />);
  expect(list()?.classList.contains("hidden")).toBe(false);
});

test("on a phone several jobs are one line, and once opened they stay so", async () => {
  happyDOM.setViewport({ width: 390 });
  await serveApi(() => ({ body: { data: [], nextCursor: null } }));
  const other = { ...job, id: "rpl_2" };
  const shown = render(<JobDock active={[job, other]} followed={[]} />, { wrapper: inWorkspace() });
  expect(screen.getByText("2 jobs")).toBeDefined();
  expect(list()?.classList.contains("hidden")).toBe(true);
  await userEvent.click(screen.getByRole("button", { name: "Show the jobs" }));
  shown.rerender(<JobDock active={[job, { ...other, status: "running" }]} followed={[]} />);
  expect(list()?.classList.contains("hidden")).toBe(false);
});

test("the pace of a job is changed in the dock by those who may", async () => {
  const requests = await serveApi(({ method }) => ({
    body: method === "PATCH" ? job : { data: [], nextCursor: null },
  }));
  const shown = render(<JobDock active={[job]} followed={[]} />, { wrapper: inWorkspace() });
  const pace = screen.getByRole("combobox", { name: "Pace: Replay paused" });
  expect(pace.textContent).toBe("At most 1 a second");
  expect(screen.getByText("3 of 12")).toBeDefined();
  await userEvent.click(pace);
  await userEvent.click(screen.getByRole("option", { name: "As fast as possible" }));
  await waitFor(() =>
    expect(requests.find(({ method }) => method === "PATCH")?.body).toEqual({ ratePerSecond: null }),
  );
  shown.unmount();

  render(<JobDock active={[job]} followed={[]} />, {
    wrapper: inWorkspace({ workspace: asViewer }),
  });
  expect(screen.getByText("3 of 12 · at most 1 a second")).toBeDefined();
  expect(screen.queryByRole("combobox")).toBeNull();
});

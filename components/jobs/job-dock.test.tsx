import { render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test } from "vitest";
import { inWorkspace } from "@/components/testing/in-workspace";
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

import { render, screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { inWorkspace } from "@/components/testing/in-workspace";
import { serveApi } from "@/components/testing/serve-api";
import type { ReplayDetailOutput } from "@/lib/contract/replays";
import { JobsPage } from "./jobs-page";

const job = (id: string, createdBy: string): ReplayDetailOutput => ({
  id,
  kind: "replay",
  endpointId: null,
  filter: { tests: "0" },
  status: "done",
  reason: null,
  total: 3,
  done: 3,
  skipped: 0,
  ratePerSecond: null,
  order: "oldest",
  createdAt: "2026-11-20T12:00:00.000Z",
  finishedAt: "2026-11-20T12:00:01.000Z",
  createdBy,
  results: { sent: 3, recovered: 3, failing: 0, waiting: [] },
});

/** An API with two jobs, of which a page of the list has the first. */
async function show(linkedId: string | null) {
  const jobs = [job("rpl_new", "Ana"), job("rpl_old", "Ben")];
  await serveApi(({ path }) => {
    if (path === "/replays") return { body: { data: jobs.slice(0, 1), nextCursor: "rpl_new" } };
    const found = jobs.find(({ id }) => path === `/replays/${id}`);
    if (found) return { body: found };
    return path.startsWith("/replays/")
      ? { status: 404, body: { status: 404, code: "not_found", detail: "There is no such job." } }
      : { body: { data: [] } };
  });
  render(<JobsPage linkedId={linkedId} />, { wrapper: inWorkspace() });
  const list = await screen.findByRole("list", { name: /^Jobs/ });
  const opened = () =>
    [...list.querySelectorAll("details[open]")].map(
      (one) => /Started by(Ana|Ben)/.exec(one.textContent)?.[1],
    );
  return { list, opened };
}

test("the job of a link is open", async () => {
  const { opened } = await show("rpl_new");
  expect(opened()).toEqual(["Ana"]);
});

test("one that is older than what is listed is on top", async () => {
  const { list, opened } = await show("rpl_old");
  await waitFor(() => expect(opened()).toEqual(["Ben"]));
  expect(list.querySelectorAll("details")).toHaveLength(2);
});

test("a link to a job that is not there says so, and none is open without a link", async () => {
  const gone = await show("rpl_gone");
  expect(await screen.findByText("The job of this link was not found in Acme.")).toBeDefined();
  expect(gone.opened()).toEqual([]);
  expect((await show(null)).opened()).toEqual([]);
});

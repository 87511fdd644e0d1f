import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { asViewer, inWorkspace } from "@/components/testing/in-workspace";
import { serveApi } from "@/components/testing/serve-api";
import { testEndpoint } from "@/components/testing/test-endpoint";
import type { EndpointOutput } from "@/lib/contract/endpoints";
import { StateBanner } from "./state-banner";

async function show(
  given: Partial<EndpointOutput>,
  { workspace = {}, answered = null, jobs = [] }: Shown = {},
) {
  await serveApi(() => ({ body: { data: jobs, nextCursor: null } }));
  let started = 0;
  render(
    <StateBanner
      endpoint={testEndpoint(given)}
      enabling={{ start: () => (started += 1), pending: false, dialog: null }}
      answered={answered}
    />,
    { wrapper: inWorkspace({ workspace }) },
  );
  return { started: () => started };
}
type Shown = { workspace?: object; answered?: number | null; jobs?: object[] };

const disabled = { status: "disabled", disabledAt: "2026-11-20T12:00:00.000Z" } as const;
const said = (text: RegExp) => screen.findByText(text, { selector: "p" });
const button = (name: string) => screen.findByRole("button", { name });

test("a failing webhook says what is tried, and after how many more failures it is disabled", async () => {
  await show({ status: "failing", consecutiveFailures: 19, nextProbeAt: null });
  expect(await said(/After 1 more failed try.* the webhook is disabled/)).toBeDefined();
});

test("a webhook that fails for the first time is not yet tried one event at a time", async () => {
  await show({ status: "failing", consecutiveFailures: 1 });
  expect(await said(/^Failing.*: 1 failure$/)).toBeDefined();
  expect(await said(/^Each event is retried on its own schedule\./)).toBeDefined();
});

test("a disabled one says what becomes of new events, and what the person can do", async () => {
  await show({ ...disabled, consecutiveFailures: 20, discardsWhileDisabled: true });
  expect(
    await said(/New events are discarded\. When the receiver is fixed, send a test event/),
  ).toBeDefined();
});

test("to a viewer it says who can enable it, and offers nothing", async () => {
  await show({ ...disabled, held: 3 }, { workspace: asViewer });
  expect(await said(/An owner or a developer of this workspace can enable it\.$/)).toBeDefined();
  expect(await screen.findByText("3 events held")).toBeDefined();
  expect(screen.queryByRole("button")).toBeNull();
});

test("a replay of what a disabled webhook holds begins with enabling it", async () => {
  const { started } = await show({ ...disabled, held: 3 });
  await userEvent.click(await button("Replay"));
  expect(started()).toBe(1);
});

test("of an enabled webhook it is asked for by itself", async () => {
  const { started } = await show({ held: 3 });
  await userEvent.click(await button("Replay"));
  expect(await screen.findByRole("alertdialog", { name: "Replay 3 events?" })).toBeDefined();
  expect(started()).toBe(0);
});

test("while a job is at it, that is said, and nothing is asked", async () => {
  await show({ held: 3 }, { jobs: [{ id: "rpl_1", kind: "replay", status: "paused", endpointId: "ep_1" }] });
  expect(await screen.findByText("Their replay is paused.")).toBeDefined();
  expect(screen.queryByRole("button")).toBeNull();
});

test("a disabled webhook that has just answered can be enabled from there", async () => {
  const { started } = await show(disabled, { answered: 204 });
  await userEvent.click(await button("Enable webhook"));
  expect(started()).toBe(1);
});

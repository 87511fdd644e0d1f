import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { asViewer, inWorkspace } from "@/components/testing/in-workspace";
import { serveApi } from "@/components/testing/serve-api";
import { testEndpoint } from "@/components/testing/test-endpoint";
import { LoadedToaster } from "@/components/ui/loaded-toaster";
import type { EndpointOutput } from "@/lib/contract/endpoints";
import { useTryNow } from "./use-try-now";

const waiting = { count: 456, more: false, oldestAt: "2026-11-20T12:00:00.000Z" };
const backingOff = { status: "failing", consecutiveFailures: 7, waiting } as const;

function TryNow({ endpoint }: { endpoint: EndpointOutput }) {
  const { possible, start } = useTryNow(endpoint);
  return possible ? (
    <button type="button" onClick={start}>
      Try now
    </button>
  ) : null;
}

/** Shows the button; of the webhook the API says these, one after the other, once it was asked to try. */
async function show(then: Partial<EndpointOutput>[], { given = {}, workspace = {} } = {}) {
  const endpoint = testEndpoint({ ...backingOff, ...given });
  const answers = then.map((one) => ({ ...endpoint, ...one }));
  const requests = await serveApi(({ method }) => ({
    body: method === "POST" ? endpoint : ((answers.length > 1 ? answers.shift() : answers[0]) ?? endpoint),
  }));
  render(
    <>
      <TryNow endpoint={endpoint} />
      <LoadedToaster />
    </>,
    { wrapper: inWorkspace({ workspace }) },
  );
  return requests;
}

const press = async () => userEvent.click(await screen.findByRole("button", { name: "Try now" }));
const said = (text: RegExp) => screen.findByText(text, {}, { timeout: 5_000 });
const healthy = { status: "enabled", consecutiveFailures: 0, waiting: null } as const;

test("it follows the try until what waited is delivered", async () => {
  const requests = await show([{}, { ...healthy, waiting: { ...waiting, count: 3 } }, healthy]);
  await press();
  expect(await said(/^456 events delivered in \d+ s$/)).toBeDefined();
  expect(requests.map(({ method, path }) => `${method} ${path}`).slice(0, 2)).toEqual([
    "POST /endpoints/ep_1/probe",
    "GET /endpoints/ep_1",
  ]);
});

test("a try that fails says why", async () => {
  const lastFailure = {
    at: "2026-11-20T12:30:00.000Z",
    httpStatus: 500,
    error: null,
    title: "It answered 500",
    advice: "",
  };
  await show([{ lastFailure }]);
  await press();
  expect(await said(/failed again$/)).toBeDefined();
  expect(await said(/^It answered 500$/)).toBeDefined();
});

test.each([
  ["one that does not back off yet", { given: { consecutiveFailures: 4 } }],
  ["a disabled one", { given: { status: "disabled" } }],
  ["a viewer", { workspace: asViewer }],
])("it is not offered for %s", async (_, shown) => {
  await show([], shown);
  expect(screen.queryByRole("button")).toBeNull();
});

import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { inWorkspace } from "@/components/testing/in-workspace";
import { serveApi } from "@/components/testing/serve-api";
import { testAttempt, testDelivery } from "@/components/testing/test-delivery";
import { AttemptsComparison } from "./attempts-comparison";

const delivery = testDelivery({ status: "failed", attemptLog: [testAttempt()] });
const show = () => render(<AttemptsComparison delivery={delivery} />, { wrapper: inWorkspace() });

test("the last success is looked for further back while the log was looked through in part", async () => {
  const requests = await serveApi(({ path, query }) => {
    if (path === "/deliveries/dlv_good") {
      const good = testAttempt({ id: "att_good", httpStatus: 200 });
      return { body: testDelivery({ id: "dlv_good", attemptLog: [good] }) };
    }
    const last = query.get("cursor") === "dlv_7";
    return {
      body: last
        ? { data: [{ id: "dlv_good" }], nextCursor: null, lookedBackTo: null }
        : { data: [], nextCursor: "dlv_7", lookedBackTo: "2020-01-10T02:14:00.000Z" },
    };
  });
  show();
  await screen.findByText(/^The last success was for another event/);
  expect(requests.map(({ query }) => query.get("cursor"))).toEqual([null, "dlv_7", null]);
});

test("if none was found in time, it says how far it looked, and does not claim that there is none", async () => {
  const requests = await serveApi(() => ({
    body: { data: [], nextCursor: "dlv_7", lookedBackTo: "2020-01-10T02:14:00.000Z" },
  }));
  show();
  await screen.findByText(/no success of the webhook was found back to/);
  expect(requests).toHaveLength(5);
});

test("a webhook without any success is said to have none", async () => {
  await serveApi(() => ({ body: { data: [], nextCursor: null, lookedBackTo: null } }));
  show();
  await screen.findByText(/the webhook has not succeeded before/);
});

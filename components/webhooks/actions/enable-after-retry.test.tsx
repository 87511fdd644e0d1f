import { QueryClient } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { asViewer, inWorkspace } from "@/components/testing/in-workspace";
import { serveApi } from "@/components/testing/serve-api";
import { testAttempt, testDelivery } from "@/components/testing/test-delivery";
import { testEndpoint } from "@/components/testing/test-endpoint";
import { queryKeys } from "@/lib/api-client/query-keys";
import type { AttemptOutput } from "@/lib/contract/deliveries";
import { EnableAfterRetry } from "./enable-after-retry";

const disabledAt = "2026-11-20T12:00:00.000Z";
const endpoint = testEndpoint({ status: "disabled", disabledAt });

function show(attempt: Partial<AttemptOutput>, workspace = {}) {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } });
  client.setQueryData(queryKeys.endpoint("acme", endpoint.id), endpoint);
  const delivery = testDelivery({
    status: "succeeded",
    attemptLog: [testAttempt({ httpStatus: 204, startedAt: "2026-11-20T12:00:01.000Z", ...attempt })],
  });
  render(<EnableAfterRetry delivery={delivery} />, { wrapper: inWorkspace({ client, workspace }) });
}

test("a disabled webhook that has answered since can be enabled, at once if nothing is held", async () => {
  const requests = await serveApi(({ method }) =>
    method === "POST" ? { body: { ...endpoint, status: "enabled", replayId: null } } : { body: endpoint },
  );
  show({});
  expect(screen.getByText("It answered 204. Enable webhook?")).toBeDefined();
  await userEvent.click(screen.getByRole("button", { name: "Enable webhook" }));
  await expect
    .poll(() => requests.map(({ method, path }) => `${method} ${path}`))
    .toContain("POST /endpoints/ep_1/enable");
});

test.each([
  ["the attempt was made before it was disabled", { startedAt: "2026-11-20T11:59:59.000Z" }, {}],
  ["no response came", { httpStatus: null }, {}],
  ["the person only looks", {}, asViewer],
])("nothing is asked if %s", (_, attempt, workspace) => {
  show(attempt, workspace);
  expect(screen.queryByRole("button")).toBeNull();
});

import { QueryClient } from "@tanstack/react-query";
import { renderHook, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { inWorkspace } from "@/components/testing/in-workspace";
import { serveApi } from "@/components/testing/serve-api";
import { testEndpoint } from "@/components/testing/test-endpoint";
import { queryKeys } from "@/lib/api-client/query-keys";
import { storeWebhook, useWebhook, useWebhooks } from "./use-webhooks";

const list = { data: [testEndpoint(), testEndpoint({ id: "ep_2", name: "Shop" })], limit: 20 };

test("a webhook is shown at once if the list has been read before, and as it is by now when that is known", async () => {
  await serveApi(() => ({ body: testEndpoint({ id: "ep_2", name: "Shop 2" }) }));
  const client = new QueryClient();
  client.setQueryData(queryKeys.endpointList("acme"), list);
  const { result } = renderHook(() => useWebhook("ep_2"), { wrapper: inWorkspace({ client }) });
  expect(result.current.data?.name).toBe("Shop");
  await waitFor(() => expect(result.current.data?.name).toBe("Shop 2"));
});

test("a webhook that was saved is shown everywhere as it is now, before anything is read again", async () => {
  await serveApi(({ path }) => ({ body: path === "/endpoints" ? list : list.data[1] }));
  const client = new QueryClient();
  const { result } = renderHook(() => ({ all: useWebhooks(), one: useWebhook("ep_2") }), {
    wrapper: inWorkspace({ client }),
  });
  await waitFor(() => expect(result.current.all.data && result.current.one.data).toBeDefined());
  storeWebhook(client, "acme", testEndpoint({ id: "ep_2", name: "Store" }));
  await waitFor(() => expect(result.current.one.data?.name).toBe("Store"));
  expect(result.current.all.data?.data.map(({ name }) => name)).toEqual(["Billing", "Store"]);
});

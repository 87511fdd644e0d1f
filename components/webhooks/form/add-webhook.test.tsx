import { QueryClient } from "@tanstack/react-query";
import { act, render, screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, onTestFinished, test } from "vitest";
import { draftKey, readDraft, writeDraft } from "@/components/shell/drafts";
import { inWorkspace, testWorkspace } from "@/components/testing/in-workspace";
import { serveApi } from "@/components/testing/serve-api";
import { testEndpoint } from "@/components/testing/test-endpoint";
import { queryKeys } from "@/lib/api-client/query-keys";
import { AddWebhook } from "./add-webhook";

const key = draftKey(testWorkspace.userId, testWorkspace.slug, "webhook.new");

/** The page in a workspace with two webhooks, whose data came with the page. */
async function open({ limit, isOperator = false }: { limit: number; isOperator?: boolean }) {
  onTestFinished(() => window.sessionStorage.clear());
  await serveApi(({ path }) => ({
    body:
      path === "/api/instance/own-workspaces"
        ? { workspaces: [], isOperator }
        : { data: [], nextCursor: null },
  }));
  const client = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: 60_000 } } });
  const list = queryKeys.endpointList(testWorkspace.slug);
  const webhooks = [testEndpoint({ id: "ep_1" }), testEndpoint({ id: "ep_2" })];
  const setLimit = (to: number) =>
    act(() => client.setQueryData(list, { data: webhooks, nextCursor: null, limit: to }));
  setLimit(limit);
  render(<AddWebhook targets="none" />, { wrapper: inWorkspace({ client }) });
  return { setLimit };
}

const url = () => screen.queryByRole("textbox", { name: "URL" });

test("at the limit, nothing is asked for before it is said, with who can raise it; a draft is kept", async () => {
  writeDraft(key, { values: { url: "https://example.com/in" }, lacksSecrets: false });
  const { setLimit } = await open({ limit: 2 });
  expect(url()).toBeNull();
  expect(screen.getByText(/^This workspace has 2 webhooks, which is its limit/).textContent).toContain(
    "ask an operator of this Posthorn to raise the limit, under Instance › Workspaces",
  );
  expect(screen.getByText("What you have filled in here is kept in this tab.")).toBeTruthy();
  // The limit is raised.
  setLimit(3);
  await waitFor(() => expect(url()).toHaveProperty("value", "https://example.com/in"));
});

test("an operator is led to the page that raises it", async () => {
  await open({ limit: 2, isOperator: true });
  const link = await screen.findByRole("link", { name: "raise the limit" });
  expect(link.getAttribute("href")).toBe("/instance/workspaces");
  expect(screen.queryByText(/is kept in this tab/)).toBeNull();
});

test("a form that is open stays if the limit is reached meanwhile, which is said above it", async () => {
  const { setLimit } = await open({ limit: 3 });
  await userEvent.type(url() as HTMLElement, "https://example.com/in");
  setLimit(2);
  expect((await screen.findByRole("status")).textContent).toContain("which is its limit");
  expect(url()).toHaveProperty("value", "https://example.com/in");
  expect(readDraft(key)?.values).toEqual({ url: "https://example.com/in" });
});

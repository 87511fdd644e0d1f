import { afterAll, beforeAll, expect, test } from "vitest";
import { disableEndpointInput, enableEndpointInput } from "../contract/endpoints";
import { newId } from "../core/ids";
import { createTestWorkspace, type TestWorkspace } from "../testing/test-workspace";
import { disableEndpoint } from "./disable-endpoint";
import { enableEndpoint } from "./enable-endpoint";
import { listTransitions } from "./list-transitions";

let main: TestWorkspace;

beforeAll(async () => {
  main = await createTestWorkspace();
});
afterAll(() => main.close());

test("what people do to a webhook is listed newest first, page by page, and for that webhook alone", async () => {
  const { ctx } = main;
  const [{ id }, other] = [await main.addEndpoint(), await main.addEndpoint()];
  for (const _ of [1, 2]) {
    await disableEndpoint({ ctx, id, input: disableEndpointInput.parse({}) });
    await enableEndpoint({ ctx, id, input: enableEndpointInput.parse({}) });
  }
  const first = await listTransitions({ ctx, id, input: { limit: 3 } });
  expect(first.data.map(({ kind, reason }) => [kind, reason])).toEqual([
    ["enabled", "by Posthorn"],
    ["disabled", "by Posthorn"],
    ["enabled", "by Posthorn"],
  ]);
  const rest = await listTransitions({ ctx, id, input: { limit: 3, cursor: first.nextCursor ?? "" } });
  expect(rest.data.map(({ kind }) => kind)).toEqual(["disabled"]);
  expect(rest.nextCursor).toBeNull();
  expect((await listTransitions({ ctx, id: other.id, input: { limit: 3 } })).data).toEqual([]);
});

test("a webhook of another workspace has no timeline to see", async () => {
  const { id } = await main.addEndpoint();
  const elsewhere = { ...main.ctx, workspace: { id: newId(), slug: "elsewhere", name: "Elsewhere" } };
  await expect(listTransitions({ ctx: elsewhere, id, input: { limit: 3 } })).rejects.toMatchObject({
    code: "not_found",
  });
});

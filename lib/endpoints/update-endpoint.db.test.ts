import { afterAll, beforeAll, expect, test } from "vitest";
import { createEventTypeInput } from "../contract/event-types";
import { createEventType } from "../event-types/create-event-type";
import { deleteEventType } from "../event-types/delete-event-type";
import { getEventType } from "../event-types/get-event-type";
import { updateEventType } from "../event-types/update-event-type";
import { createTestWorkspace, type TestWorkspace } from "../testing/test-workspace";
import { getWorkspace } from "../workspaces/get-workspace";
import { updateWorkspace } from "../workspaces/update-workspace";
import { deleteEndpoint } from "./delete-endpoint";
import { getEndpoint } from "./get-endpoint";
import { updateEndpoint } from "./update-endpoint";

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await createTestWorkspace();
});
afterAll(() => workspace.close());

const changedMeanwhile = expect.objectContaining({ code: "precondition_failed" });

test("of two who change a webhook that they read at once, the second is refused, and nothing is taken back", async () => {
  const { ctx } = workspace;
  const read = await workspace.addEndpoint({ url: "https://example.com/a", name: "Before" });
  const expected = [read.version];
  const saved = await updateEndpoint({ ctx, id: read.id, input: { name: "Ana's" }, expected });
  expect(saved.version).not.toBe(read.version);
  const stale = { ctx, id: read.id, expected };
  await expect(updateEndpoint({ ...stale, input: { name: "Ben's" } })).rejects.toEqual(changedMeanwhile);
  await expect(deleteEndpoint(stale)).rejects.toEqual(changedMeanwhile);
  expect(await getEndpoint({ ctx, id: read.id })).toEqual(expect.objectContaining({ name: "Ana's" }));
  const again = { ctx, id: read.id, expected: [saved.version] };
  expect(await updateEndpoint({ ...again, input: { rateLimit: 5 } })).toMatchObject({
    name: "Ana's",
    rateLimit: 5,
  });
});

test("who expects nothing changes whatever is there", async () => {
  const { ctx } = workspace;
  const { id } = await workspace.addEndpoint({ url: "https://example.com/b", name: "Before" });
  await updateEndpoint({ ctx, id, input: { name: "Ana's" } });
  expect(await updateEndpoint({ ctx, id, input: { rateLimit: 5 } })).toMatchObject({
    name: "Ana's",
    rateLimit: 5,
  });
});

test("of ten changes at once that expect the same version, one is made", async () => {
  const { ctx } = workspace;
  const { id, version } = await workspace.addEndpoint({ url: "https://example.com/c" });
  const changes = Array.from({ length: 10 }, (_, index) =>
    updateEndpoint({ ctx, id, input: { name: `Name ${index}` }, expected: [version] }),
  );
  const results = await Promise.allSettled(changes);
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
});

test("another value of a header, which is never shown, is another version", async () => {
  const { ctx } = workspace;
  const headers = { "X-Key": "one" };
  const { id, version } = await workspace.addEndpoint({ url: "https://example.com/d", headers });
  const saved = await updateEndpoint({ ctx, id, input: { headers: { "X-Key": "two" } } });
  expect(saved.headers).toEqual(["X-Key"]);
  expect(saved.version).not.toBe(version);
});

test("disabling a webhook is no change of its settings", async () => {
  const { ctx } = workspace;
  const { id, version } = await workspace.addEndpoint({ url: "https://example.com/e" });
  const { disableEndpoint } = await import("./disable-endpoint");
  await disableEndpoint({ ctx, id, input: { keepEvents: true } });
  expect(await getEndpoint({ ctx, id })).toMatchObject({ status: "disabled", version });
});

test("the workspace's settings and event types are held to an expected version, too", async () => {
  const { ctx } = workspace;
  const settings = await getWorkspace({ ctx });
  await updateWorkspace({ ctx, input: { refuseUnknownTypes: true }, expected: [settings.version] });
  const stale = updateWorkspace({ ctx, input: { name: "Ben's" }, expected: [settings.version] });
  await expect(stale).rejects.toEqual(changedMeanwhile);
  expect(await getWorkspace({ ctx })).toMatchObject({ name: settings.name, refuseUnknownTypes: true });

  const name = "lead.scored";
  const type = await createEventType({ ctx, input: createEventTypeInput.parse({ name }) });
  const expected = [type.version];
  await updateEventType({ ctx, name, input: { description: "Ana's" }, expected });
  const input = { example: { score: 1 } };
  await expect(updateEventType({ ctx, name, input, expected })).rejects.toEqual(changedMeanwhile);
  await expect(deleteEventType({ ctx, name, expected })).rejects.toEqual(changedMeanwhile);
  expect(await getEventType({ ctx, name })).toMatchObject({ description: "Ana's", example: "{}" });
  await deleteEventType({ ctx, name });
  await expect(deleteEventType({ ctx, name })).rejects.toEqual(
    expect.objectContaining({ code: "not_found" }),
  );
});

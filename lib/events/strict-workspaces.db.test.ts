import { parse } from "lossless-json";
import { afterAll, beforeAll, expect, test } from "vitest";
import { updateEventType as updateTypeRow } from "@/db/queries/event-types";
import { findEvents } from "@/db/queries/events";
import { updateWorkspace as updateRow } from "@/db/queries/workspaces";
import { createEventTypeInput } from "../contract/event-types";
import { publishInput } from "../contract/events";
import { createEventType } from "../event-types/create-event-type";
import { createTestWorkspace, type TestWorkspace } from "../testing/test-workspace";
import { publishEvents } from "./publish-events";

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await createTestWorkspace();
});
afterAll(() => workspace.close());

const hold = (set: { refuseInvalidData?: boolean; refuseUnknownTypes?: boolean }) =>
  updateRow(workspace.ctx.db, { id: workspace.ctx.workspace.id, set });
const addType = (name: string, schema: object) =>
  createEventType({ ctx: workspace.ctx, input: createEventTypeInput.parse({ name, schema }) });
/** As another process does it, of which this one hears nothing. */
const setSchema = (name: string, schema: object | null) =>
  updateTypeRow(workspace.ctx.db, {
    workspaceId: workspace.ctx.workspace.id,
    name,
    set: { schema: schema && JSON.stringify(schema) },
  });
const publish = (...events: [type: string, data: string][]) =>
  publishEvents({
    ctx: workspace.ctx,
    path: "events.",
    input: events.map(([type, data]) => publishInput.parse({ type, data: parse(data) })),
  });
const count = async () =>
  (
    await findEvents(workspace.ctx.db, {
      workspaceId: workspace.ctx.workspace.id,
      limit: 1_000,
      before: null,
    })
  ).length;

test("data is held to its type's schema only if the workspace asks for it", async () => {
  await addType("order.paid", { required: ["total"], properties: { total: { multipleOf: 0.01 } } });
  await hold({ refuseInvalidData: false });
  await publish(["order.paid", "{}"]);
  await hold({ refuseInvalidData: true });
  const before = await count();
  await expect(
    publish(["order.paid", '{"total":19.99}'], ["order.paid", "{}"], ["free.type", "{}"]),
  ).rejects.toThrow("events.1.data.total: is missing");
  expect(await count()).toBe(before);
  await publish(["order.paid", '{"total":19.99}'], ["free.type", "{}"]);
  expect(await count()).toBe(before + 2);
  await hold({ refuseInvalidData: false });
  await publish(["order.paid", "{}"]);
});

test("the schema that holds is that of the moment of writing, however it was changed", async () => {
  await hold({ refuseInvalidData: true });
  await addType("stock.changed", { required: ["a"] });
  await publish(["stock.changed", '{"a":1}']);
  await setSchema("stock.changed", { required: ["b"] });
  await expect(publish(["stock.changed", '{"a":1}'])).rejects.toThrow("events.0.data.b: is missing");
  await publish(["stock.changed", '{"b":1}']);
  await setSchema("stock.changed", null);
  await publish(["stock.changed", "{}"]);
  await setSchema("stock.changed", { required: ["b"] });
  await expect(publish(["stock.changed", "{}"])).rejects.toThrow("events.0.data.b: is missing");
});

test("unknown types and data that breaks a schema are reported together", async () => {
  await hold({ refuseInvalidData: true, refuseUnknownTypes: true });
  await addType("both.checked", { required: ["a"] });
  await expect(publish(["not.there", "{}"], ["both.checked", "{}"])).rejects.toThrow(
    /events\.0\.type: is not in the catalogue.*events\.1\.data\.a: is missing/,
  );
  await hold({ refuseUnknownTypes: false });
});

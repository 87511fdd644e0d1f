import { expect, test } from "vitest";
import { fanOut } from "./fan-out";

const webhook = (id: string, eventTypes: string[] | null, discards = false) => ({
  id,
  eventTypes,
  generation: 0,
  discards,
});

test("an event goes to each webhook that subscribes to its type, or to all, disabled ones included", () => {
  const subscribers = [
    webhook("all", null),
    webhook("paid", ["invoice.paid", "invoice.void"]),
    webhook("other", ["invoice.void"]),
    webhook("disabled", ["invoice.paid"], true),
  ];
  const idsOf = (type: string) => fanOut({ type, deliver: true }, subscribers).map(({ id }) => id);
  expect(idsOf("invoice.paid")).toEqual(["all", "paid", "disabled"]);
  expect(idsOf("invoice"), "a name is not a prefix").toEqual(["all"]);
});

test("an event that is only recorded goes to nobody", () => {
  expect(fanOut({ type: "a", deliver: false }, [webhook("all", null)])).toEqual([]);
});

import { expect, test } from "vitest";
import { testEventType } from "@/components/testing/test-event-type";
import { groupEventTypes } from "./group-event-types";

const catalogue = [
  testEventType("order.paid"),
  testEventType("invoice.paid", { description: "Money came" }),
  testEventType("invoice.created"),
  testEventType("ping"),
];
const namesOf = (groups: ReturnType<typeof groupEventTypes>) =>
  groups.map(({ group, types }) => [group, ...types.map(({ name }) => name)]);

test("groups and their types are in alphabetical order", () => {
  expect(namesOf(groupEventTypes(catalogue, []))).toEqual([
    ["invoice", "invoice.created", "invoice.paid"],
    ["order", "order.paid"],
    ["ping", "ping"],
  ]);
});

test("a search looks at names and descriptions, whatever their case", () => {
  expect(namesOf(groupEventTypes(catalogue, [], " PAID "))).toEqual([
    ["invoice", "invoice.paid"],
    ["order", "order.paid"],
  ]);
  expect(namesOf(groupEventTypes(catalogue, [], "money"))).toEqual([["invoice", "invoice.paid"]]);
  expect(groupEventTypes(catalogue, [], "nothing")).toEqual([]);
});

test("a type that was chosen and is not in the catalogue any more can still be taken off", () => {
  const [, order] = groupEventTypes(catalogue, ["order.lost", "invoice.paid"]);
  expect(order).toEqual({
    group: "order",
    types: [
      { name: "order.lost", description: "Not in the catalogue" },
      { name: "order.paid", description: null },
    ],
  });
});

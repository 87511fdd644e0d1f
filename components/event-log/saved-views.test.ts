import { expect, test } from "vitest";
import { savedViewFilters } from "@/lib/core/saved-views";
import { logParams } from "./log-params";

test("a saved view may hold each filter that the log has in its address", () => {
  const filters = Object.keys(logParams).filter((name) => name !== "saved");
  expect(savedViewFilters.deliveries.toSorted()).toEqual(filters.toSorted());
});

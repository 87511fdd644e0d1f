import { expect, test } from "vitest";
import { savedViewFilters } from "@/lib/core/saved-views";
import { publishedParams } from "./published-params";

test("a saved view may hold each filter that the published events have in their address", () => {
  const filters = Object.keys(publishedParams).filter((name) => name !== "saved");
  expect(savedViewFilters.published.toSorted()).toEqual(filters.toSorted());
});

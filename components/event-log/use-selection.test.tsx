import { act, renderHook } from "@testing-library/react";
import { expect, test } from "vitest";
import { replayedIdsMax } from "@/lib/core/replays";
import { useSelection } from "./use-selection";

const open = (listed: string[], filter = "{}") => {
  const hook = renderHook(({ listed, filter }) => useSelection(listed, filter), {
    initialProps: { listed, filter },
  });
  return {
    show: (listed: string[], filter = "{}") => hook.rerender({ listed, filter }),
    toggle: (id: string, range = false) => act(() => hook.result.current.toggle(id, range)),
    toggleAll: () => act(() => hook.result.current.toggleAll()),
    clear: () => act(() => hook.result.current.clear()),
    selected: () => [...hook.result.current.ids],
    full: () => hook.result.current.full,
  };
};

test("a row is selected and no longer, and a range reaches from the one before, either way", () => {
  const log = open(["5", "4", "3", "2", "1"]);
  log.toggle("4");
  log.toggle("4");
  expect(log.selected()).toEqual([]);
  log.toggle("4");
  log.toggle("2", true);
  expect(log.selected()).toEqual(["4", "3", "2"]);
  log.toggle("5", true);
  expect(log.selected().toSorted()).toEqual(["2", "3", "4", "5"]);
  log.toggle("3");
  expect(log.selected().toSorted()).toEqual(["2", "4", "5"]);
  log.clear();
  log.toggle("1", true);
  expect(log.selected()).toEqual(["1"]);
});

test("it outlasts new rows and further pages, and ends with other filters, also when one comes back to them", () => {
  const log = open(["2", "1"]);
  log.toggleAll();
  log.show(["3", "2", "1", "0"]);
  expect(log.selected()).toEqual(["2", "1"]);
  log.toggleAll();
  expect(log.selected().toSorted()).toEqual(["0", "1", "2", "3"]);
  log.toggleAll();
  expect(log.selected()).toEqual([]);
  log.toggle("1");
  log.show(["1"], '{"status":["failed"]}');
  expect(log.selected()).toEqual([]);
  log.show(["3", "2", "1", "0"]);
  expect(log.selected()).toEqual([]);
});

test("no more are selected than can be sent again together", () => {
  const log = open(Array.from({ length: replayedIdsMax + 5 }, (_, n) => String(n)));
  log.toggleAll();
  expect(log.selected()).toHaveLength(replayedIdsMax);
  expect(log.full()).toBe(true);
  log.toggle("0");
  expect(log.selected()).toHaveLength(replayedIdsMax - 1);
});

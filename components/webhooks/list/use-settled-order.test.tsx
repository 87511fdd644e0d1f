import { act, renderHook } from "@testing-library/react";
import { expect, test } from "vitest";
import { testEndpoint } from "@/components/testing/test-endpoint";
import { useSettledOrder } from "./use-settled-order";

const calm = testEndpoint({ id: "calm" });
const failing = testEndpoint({ id: "failing", status: "failing", consecutiveFailures: 3 });
const holding = testEndpoint({ id: "holding", held: 4 });
const worst = testEndpoint({ id: "worst", status: "failing", consecutiveFailures: 9 });

const render = (endpoints: (typeof calm)[]) =>
  renderHook((list: (typeof calm)[]) => useSettledOrder(list), { initialProps: endpoints });
const idsOf = ({ current }: { current: ReturnType<typeof useSettledOrder> }) =>
  current.endpoints.map(({ id }) => id);

test("what fails longest comes first, then what holds events, then the rest as it came", () => {
  const { result } = render([calm, holding, failing, worst]);
  expect(idsOf(result)).toEqual(["worst", "failing", "holding", "calm"]);
});

test("nothing moves while it is pointed at, and all of it when the pointer has left", () => {
  const { result, rerender } = render([calm, failing]);
  act(() => result.current.pointing.onPointerEnter());
  rerender([{ ...calm, status: "failing", consecutiveFailures: 9 }, failing]);
  expect(idsOf(result)).toEqual(["failing", "calm"]);
  act(() => result.current.pointing.onPointerLeave());
  expect(idsOf(result)).toEqual(["calm", "failing"]);
});

test("one that is added while the list is pointed at is at its end", () => {
  const { result, rerender } = render([calm, failing]);
  act(() => result.current.pointing.onPointerEnter());
  rerender([worst, calm, failing]);
  expect(idsOf(result)).toEqual(["failing", "calm", "worst"]);
});

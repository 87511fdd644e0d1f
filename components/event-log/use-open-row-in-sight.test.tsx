import { renderHook, waitFor } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { rowButtonId } from "./log-rows";
import { useOpenRowInSight } from "./use-open-row-in-sight";

/** Adds a row at a height of the window of 800 px, and records how it is scrolled to. */
function addRow(id: string, top: number) {
  const row = document.createElement("button");
  row.id = rowButtonId(id);
  row.getBoundingClientRect = () => ({ top, bottom: top + 30, height: 30 }) as DOMRect;
  const scrolled = vi.fn();
  row.scrollIntoView = scrolled;
  document.body.append(row);
  return scrolled;
}

test("an open row far away is scrolled to the middle, as soon as it is rendered; one nearby as little as needed", async () => {
  vi.stubGlobal("innerHeight", 800);
  const { rerender } = renderHook(({ id, listed }) => useOpenRowInSight(id, listed), {
    initialProps: { id: "far", listed: false },
  });
  rerender({ id: "far", listed: true });
  await new Promise((resolve) => requestAnimationFrame(resolve));
  const far = addRow("far", 14_000);
  await waitFor(() => expect(far).toHaveBeenCalledWith({ block: "center" }));
  const near = addRow("near", 810);
  rerender({ id: "near", listed: true });
  await waitFor(() => expect(near).toHaveBeenCalledWith({ block: "nearest" }));
  expect(far).toHaveBeenCalledTimes(1);
});

import { fireEvent, render, screen } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { DockedPanel } from "./docked-panel";

beforeEach(() => {
  vi.stubGlobal("innerWidth", 1_440);
  return () => vi.unstubAllGlobals();
});

function show() {
  const { unmount } = render(
    <main id="main">
      <DockedPanel label="Event">…</DockedPanel>
    </main>,
  );
  return unmount;
}
const splitter = () => screen.getByRole("separator", { name: "Width of the event sheet" });
const width = () => Number(splitter().getAttribute("aria-valuenow"));
const press = (key: string, times = 1) => {
  for (let time = 0; time < times; time += 1) fireEvent.keyDown(splitter(), { key });
};

test("the panel is widened and narrowed by keyboard, within its bounds", () => {
  show();
  expect(width()).toBe(480);
  press("ArrowLeft");
  expect(width()).toBe(500);
  press("ArrowLeft", 30);
  expect(width()).toBe(720);
  press("ArrowRight", 30);
  expect(width()).toBe(420);
});

test("in a narrower window it begins with the least width", () => {
  window.localStorage.clear();
  vi.stubGlobal("innerWidth", 1_280);
  show();
  expect(width()).toBe(420);
});

test("a width that nobody chose is not kept: after a wide window, a narrow one still shows all columns", () => {
  window.localStorage.clear();
  const unmount = show();
  expect(width()).toBe(480);
  unmount();
  vi.stubGlobal("innerWidth", 1_280);
  show();
  expect(width()).toBe(420);
});

test("its width is kept", () => {
  const unmount = show();
  press("ArrowLeft", 2);
  unmount();
  show();
  expect(width()).toBe(520);
});

test("a stored width that is out of bounds, or not a number, is corrected", () => {
  window.localStorage.setItem("posthorn.event-sheet-width", "5000");
  show()();
  window.localStorage.setItem("posthorn.event-sheet-width", "wide");
  show();
  expect(width()).toBe(480);
});

test("the page makes room for it as long as it is there", () => {
  const unmount = show();
  const main = document.getElementById("main");
  expect(main?.style.paddingRight).toBe("480px");
  unmount();
  expect(document.documentElement.style.getPropertyValue("--sheet-width")).toBe("");
});

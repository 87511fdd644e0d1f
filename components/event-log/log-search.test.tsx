import { fireEvent, render, screen } from "@testing-library/react";
import { createRef } from "react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { inWorkspace } from "@/components/testing/in-workspace";
import { LogSearch } from "./log-search";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function show(value = "") {
  const searched: string[] = [];
  const search = (now: string) => (
    <LogSearch ref={createRef()} value={now} onChange={(next) => searched.push(next)} />
  );
  const { rerender, unmount } = render(search(value), { wrapper: inWorkspace() });
  return { searched, unmount, follow: (now: string) => rerender(search(now)) };
}

const box = () => screen.getByRole<HTMLInputElement>("searchbox");
const type = (value: string) => fireEvent.change(box(), { target: { value } });

test("what is typed is looked for when the typing rests, once, and without the spaces around", () => {
  const { searched } = show();
  type("ev");
  vi.advanceTimersByTime(200);
  type(" evt_1 ");
  vi.advanceTimersByTime(299);
  expect(searched).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(searched).toEqual(["evt_1"]);
});

test("Enter looks at once, and not again afterwards", () => {
  const { searched } = show();
  type("evt_1");
  fireEvent.keyDown(box(), { key: "Enter" });
  vi.advanceTimersByTime(1_000);
  expect(searched).toEqual(["evt_1"]);
});

test("leaving the field looks at once, for what is clicked next goes by it", () => {
  const { searched } = show();
  type("evt_1");
  fireEvent.blur(box());
  expect(searched).toEqual(["evt_1"]);
  vi.advanceTimersByTime(1_000);
  expect(searched).toEqual(["evt_1"]);
});

test("a search that was changed elsewhere, as by Back, is shown; the one just typed is left as it is", () => {
  const { follow } = show("evt_1");
  type("evt_2 ");
  follow("evt_2");
  expect(box().value).toBe("evt_2 ");
  follow("");
  expect(box().value).toBe("");
});

test("nothing is looked for after the page was left", () => {
  const { searched, unmount } = show();
  type("evt_1");
  unmount();
  vi.advanceTimersByTime(1_000);
  expect(searched).toEqual([]);
});

test("what is too long is refused at the field, with what would be right, and not looked for", () => {
  const { searched } = show();
  type("x".repeat(256));
  vi.advanceTimersByTime(1_000);
  fireEvent.keyDown(box(), { key: "Enter" });
  fireEvent.blur(box());
  expect(searched).toEqual([]);
  expect(screen.getByRole("alert").textContent).toBe(
    "A search can have at most 255 characters. This one has 256.",
  );
  expect(box().getAttribute("aria-invalid")).toBe("true");
  type(` ${"x".repeat(255)} `);
  vi.advanceTimersByTime(300);
  expect(searched).toEqual(["x".repeat(255)]);
  expect(screen.queryByRole("alert")).toBeNull();
});

test("a search from the address that is too long is refused there, too", () => {
  show("x".repeat(300));
  expect(screen.getByRole("alert").textContent).toContain("This one has 300.");
});

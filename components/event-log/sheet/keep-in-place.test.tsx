import { expect, test, vi } from "vitest";
import { keepInPlace } from "./keep-in-place";

/** Rows of 100 px below `head` px of other content; happy-dom lays nothing out and scrolls nothing. */
function layOut({ open }: { open: number }) {
  let head = 50;
  let scrolled = 0;
  document.body.innerHTML = `<main id="main">${Array.from(
    { length: 20 },
    (_, index) =>
      `<div data-index="${index}"><button type="button" aria-expanded="${index === open}"></button></div>`,
  ).join("")}</main>`;
  const rows = [...document.querySelectorAll<HTMLElement>("[data-index]")];
  for (const [index, row] of rows.entries()) {
    row.getBoundingClientRect = () => {
      const top = head + index * 100 - scrolled;
      return { top, bottom: top + 100 } as DOMRect;
    };
  }
  vi.stubGlobal("innerHeight", 800);
  vi.spyOn(window, "scrollBy").mockImplementation((options) => {
    scrolled += (options as ScrollToOptions).top ?? 0;
  });
  return {
    top: (index: number) => rows[index]?.getBoundingClientRect().top,
    setHead: (px: number) => {
      head = px;
    },
  };
}

test.each([
  ["the open row, if it is in sight", 3, 3],
  ["otherwise the first row in sight", 15, 0],
])("what stays in place as the content above grows is %s", (_, open, kept) => {
  const { top, setHead } = layOut({ open });
  const before = top(kept);
  keepInPlace(() => setHead(230));
  expect(top(kept)).toBe(before);
});

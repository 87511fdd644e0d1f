import { expect, type Page } from "@playwright/test";

const softly = expect.configure({ soft: true });

/**
 * Expects the page to be no wider than its window, and neither what lies over it nor a table to be cut off: nothing has
 * to be scrolled sideways but what says so, like code.
 */
export async function expectFits(page: Page, what = "what is wider than its place"): Promise<void> {
  // What lies over the page follows the window's size a moment later.
  await softly.poll(() => page.evaluate(findTooWide), { message: what, timeout: 3_000 }).toEqual([]);
}

/** Runs in the page: once it is laid out, names each box that does not fit, and what in it reaches out farthest. */
async function findTooWide(): Promise<string[]> {
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  const overlays =
    "[role=dialog], [role=alertdialog], [role=menu], [data-event-sheet], [aria-label='Long jobs']";
  const boxes = document.querySelectorAll(
    `html, ${overlays}, [data-event-sheet] > section, [data-slot=table-container]`,
  );
  const nameOf = (element: Element) =>
    `<${element.tagName.toLowerCase()} ${element.getAttribute("class")}> ${element.textContent?.slice(0, 40)}`;
  return [...boxes].flatMap((box) => {
    const { left, right, width } = box.getBoundingClientRect();
    if (width === 0) return [];
    const isOutside = box.matches(overlays) && (left < -1 || right > window.innerWidth + 1);
    if (box.scrollWidth <= box.clientWidth && !isOutside) return [];
    const limit = left + box.clientWidth + 0.5;
    const reaching = [...box.querySelectorAll("*")].filter(
      (one) => one.getBoundingClientRect().right > limit,
    );
    const [farthest] = reaching.toSorted(
      (a, b) => b.getBoundingClientRect().right - a.getBoundingClientRect().right,
    );
    return [
      `${window.innerWidth}: ${nameOf(box)} is ${box.scrollWidth} wide in ${box.clientWidth}; in it ${farthest ? nameOf(farthest) : "nothing"}`,
    ];
  });
}

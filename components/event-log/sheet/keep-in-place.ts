/** The row in whose place the eye is: the open one if it is in sight, otherwise the first in sight. */
function rowInSight(): HTMLElement | undefined {
  const inSight = [...document.querySelectorAll<HTMLElement>("#main [data-index]")].filter((row) => {
    const { top, bottom } = row.getBoundingClientRect();
    return bottom > 0 && top < window.innerHeight;
  });
  return inSight.find((row) => row.querySelector("[aria-expanded=true]")) ?? inSight[0];
}

/** @returns what scrolls so that the row is where it is now, whatever has moved it since */
export function holdPlace(row: Element): () => void {
  const before = row.getBoundingClientRect().top;
  return () => window.scrollBy({ top: row.getBoundingClientRect().top - before, behavior: "instant" });
}

/** Changes the layout, and scrolls so that the row being looked at stays where it is. */
export function keepInPlace(change: () => void): void {
  const row = rowInSight();
  const restore = row && holdPlace(row);
  change();
  restore?.();
}

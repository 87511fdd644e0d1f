/** The row in whose place the eye is: the open one if it is in sight, otherwise the first in sight. */
function rowInSight(): HTMLElement | undefined {
  const inSight = [...document.querySelectorAll<HTMLElement>("#main [data-index]")].filter((row) => {
    const { top, bottom } = row.getBoundingClientRect();
    return bottom > 0 && top < window.innerHeight;
  });
  return inSight.find((row) => row.querySelector("[aria-expanded=true]")) ?? inSight[0];
}

/** Changes the layout, and scrolls so that the row being looked at stays where it is. */
export function keepInPlace(change: () => void): void {
  const row = rowInSight();
  const before = row?.getBoundingClientRect().top;
  change();
  if (!row || before === undefined) return;
  window.scrollBy({ top: row.getBoundingClientRect().top - before, behavior: "instant" });
}

/** Marks the row of filters. */
export const filterRow = { "data-filter-row": "" };

/** Focuses the first filter. A control that removes filters vanishes with them, and would leave the focus nowhere. */
export function focusFirstFilter(): void {
  document.querySelector<HTMLElement>("[data-filter-row] button")?.focus();
}

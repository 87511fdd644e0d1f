const typedIn = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable=true]";

/**
 * Whether a key press belongs to something other than a shortcut of the page: a field being typed in, a menu, or a
 * dialog other than the event sheet.
 */
export function isKeyTaken(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey) return true;
  if (event.target instanceof HTMLElement && event.target.closest(typedIn)) return true;
  return (
    document.querySelector("[role=menu], [role=alertdialog], [role=dialog]:not([data-event-sheet])") !== null
  );
}

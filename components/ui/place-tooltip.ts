const gap = 4;
const margin = 8;

/** Puts a fixed box above its anchor, or below where there is no room, and never over the window's edge. */
export function placeTooltip(box: HTMLElement, anchor: Element): void {
  const around = anchor.getBoundingClientRect();
  const { width, height } = box.getBoundingClientRect();
  const above = around.top - gap - height;
  const top = above >= margin ? above : around.bottom + gap;
  const centred = around.left + around.width / 2 - width / 2;
  const left = Math.max(margin, Math.min(centred, window.innerWidth - margin - width));
  box.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
}

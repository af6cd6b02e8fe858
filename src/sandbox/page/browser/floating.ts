const GAP = 4;
const MARGIN = 8;

/** Puts a popover below its anchor, or above where there is more room, and inside the window. */
export function place(popover: HTMLElement, anchor: HTMLElement, { wide = false } = {}): void {
  const box = anchor.getBoundingClientRect();
  const below = innerHeight - box.bottom - GAP - MARGIN;
  const above = box.top - GAP - MARGIN;
  const { style } = popover;
  if (wide) style.width = `${box.width}px`;
  style.maxHeight = `${Math.max(120, Math.min(360, Math.max(below, above)))}px`;
  const height = Math.min(popover.scrollHeight + 2, Number.parseFloat(style.maxHeight));
  const goesUp = height > below && above > below;
  style.top = `${goesUp ? Math.max(MARGIN, box.top - GAP - height) : box.bottom + GAP}px`;
  style.left = `${Math.max(MARGIN, Math.min(box.left, innerWidth - popover.offsetWidth - MARGIN))}px`;
}

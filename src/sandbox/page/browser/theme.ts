const KEY = 'local-slack-colours';
const THEMES = ['system', 'light', 'dark'] as const;
type Theme = (typeof THEMES)[number];

export const theme = (): Theme => {
  const kept = localStorage.getItem(KEY);
  return THEMES.find((each) => each === kept) ?? 'system';
};

/** Tells the stylesheet; without a choice the system decides. */
export function applyTheme(): void {
  const chosen = theme();
  document.documentElement.style.colorScheme = chosen === 'system' ? 'light dark' : chosen;
}

export function nextTheme(): void {
  localStorage.setItem(KEY, THEMES[(THEMES.indexOf(theme()) + 1) % THEMES.length] ?? 'system');
  applyTheme();
}

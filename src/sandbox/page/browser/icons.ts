import { html, svg, type TemplateResult } from 'lit';

const stroke = (d: string) => svg`<path d=${d} />`;

/** Drawn here, so that nothing is loaded. All on a grid of 20. */
const ICONS: { [name: string]: unknown } = {
  close: stroke('M5 5l10 10M15 5L5 15'),
  more: svg`<g fill="currentColor" stroke="none"><circle cx="10" cy="4.5" r="1.5" /><circle cx="10" cy="10" r="1.5" /><circle cx="10" cy="15.5" r="1.5" /></g>`,
  down: stroke('M5.5 8l4.5 4.5L14.5 8'),
  reply: stroke('M3.5 4.5h13v9h-7l-3.5 3v-3h-2.5z'),
  send: stroke('M3.5 3.5l13 6.5-13 6.5 2-6.5zM5.5 10h5'),
  plus: stroke('M10 4v12M4 10h12'),
  bolt: stroke('M11 2.5L4.5 11.5H10l-1 6 6.5-9H10z'),
  clip: stroke('M14.5 9.5l-5 5a3 3 0 01-4.2-4.2l5.7-5.8a2 2 0 012.9 2.9l-5.4 5.4'),
  clock: svg`<circle cx="10" cy="10" r="7" /><path d="M10 6v4.3l2.8 1.7" />`,
  eye: svg`<path d="M2.5 10c1.8-3.4 4.4-5 7.5-5s5.700 1.600 7.500 5c-1.800 3.400-4.400 5-7.500 5s-5.700-1.600-7.500-5z" /><circle cx="10" cy="10" r="2.3" />`,
  moon: stroke('M16 11.500A6.500 6.500 0 018.500 4a6.500 6.500 0 107.500 7.500z'),
  sun: svg`<circle cx="10" cy="10" r="3.2" /><path d="M10 2.500v2M10 15.500v2M2.500 10h2M15.500 10h2M4.700 4.700l1.400 1.400M13.900 13.900l1.400 1.400M15.300 4.700l-1.400 1.400M6.100 13.900l-1.400 1.400" />`,
  menu: stroke('M3.500 5.500h13M3.500 10h13M3.500 14.500h13'),
  lock: svg`<rect x="5" y="9" width="10" height="7" rx="1.5" /><path d="M7 9V6.800a3 3 0 016 0V9" />`,
  file: stroke('M5.500 2.500h6l3.500 3.500v11.500h-9.500zM11.500 2.500v3.500h3.500'),
  trash: stroke('M4 5.500h12M8 5.500V3.500h4v2M5.500 5.500l.8 11h7.400l.8-11'),
  window: svg`<path d="M11.500 4h4.500v4.500M16 4l-6.500 6.500M13.500 11v4.500h-9v-9H9" />`,
  help: svg`<circle cx="10" cy="10" r="7" /><path d="M7.900 8a2.100 2.100 0 114 .8c-.6.8-1.900 1-1.900 2.400M10 13.700v.1" />`,
  shared: svg`<circle cx="7.500" cy="10" r="4" /><circle cx="12.500" cy="10" r="4" />`,
};

export const icon = (name: string): TemplateResult =>
  html`<svg class="icon" viewBox="0 0 20 20" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round">${ICONS[name]}</svg>`;

/** Figures within sentences. */
import { format } from './names.ts';

export const count = (n: number): string => format.number(String(n));
/** Of a mean: `2.5`, but `16` where it is large. */
export const mean = (n: number): string => format.number(String(n < 10 ? Math.round(n * 10) / 10 : Math.round(n)));
export const some = (n: number): string => (n === 0 ? 'none' : count(n));
export const were = (n: number, one: string, many: string): string => `${count(n)} ${n === 1 ? one : many}`;
/** Of 0 to 1. Hardly any is not none, and nearly all not all. */
export function percent(rate: number): string {
  const whole = Math.round(rate * 100);
  if (whole === 0 && rate > 0) return 'under 1 %';
  return whole === 100 && rate < 1 ? 'over 99 %' : format.percent(String(whole));
}

const MINUTE = 60_000;

/** `45 min`, `3 h 20 min`, `2 d 4 h`: two units at most. */
export function duration(ms: number): string {
  const minutes = Math.round(ms / MINUTE);
  if (minutes === 0) return 'under a minute';
  const parts = [
    [Math.floor(minutes / 1440), 'd'],
    [Math.floor(minutes / 60) % 24, 'h'],
    [minutes % 60, 'min'],
  ] as const;
  const first = parts.findIndex(([n]) => n > 0);
  return parts
    .slice(first, first + 2)
    .flatMap(([n, unit]) => (n > 0 ? [`${n} ${unit}`] : []))
    .join(' ');
}

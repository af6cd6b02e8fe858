/** How much of the time to decide is left. */
import type { HoldKind } from '../../../core/values.ts';
import { type Inline, type Line, line } from '../../mrkdwn.ts';
import { format, names } from './names.ts';

const MINUTE = 60_000;
/** Minutes from which on only whole hours are said. */
const COARSE = 600;

const count = (n: number, working: boolean, unit: string): string =>
  `${format.number(String(n))} ${working ? 'working ' : ''}${unit}${n === 1 ? '' : 's'}`;

/** `3 working hours`, `2 working hours and 30 minutes`, `45 minutes`; to the nearest minute. */
function span(ms: number, working: boolean): string {
  const minutes = Math.round(ms / MINUTE);
  if (minutes === 0) return 'less than a minute';
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hours === 0) return count(rest, working, 'minute');
  const whole = count(hours, working, 'hour');
  return rest === 0 || minutes >= COARSE ? whole : `${whole} and ${count(rest, false, 'minute')}`;
}

const first = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export const timeLeft = {
  /** @param from when it begins to count, where nobody works now */
  left: (ms: number, working: boolean, from: Inline | null): Line =>
    from === null
      ? line`${first(span(ms, working))} left to decide.`
      : line`${first(span(ms, working))} left to decide, from ${from} on.`,
  passed: (ms: number, working: boolean): Line => line`The deadline passed ${span(ms, working)} ago.`,
  still: (kinds: HoldKind[], ms: number, working: boolean): Line =>
    line`The deadline stands still, since ${format.all(kinds.map((kind) => names.hold[kind]))}. Once that is cleared up, ${span(ms, working)} will be left to decide.`,
};

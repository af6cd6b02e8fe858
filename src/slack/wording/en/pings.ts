/** Reminders of what waits for a person, what is summed up after a downtime, and how often somebody wants to hear of it. */
import type { Reminders } from '../../../core/pings.ts';
import { type Inline, type Line, line } from '../../mrkdwn.ts';
import { ex, format, names } from './names.ts';

const SHARE = new Map([
  [25, 'a quarter of the time has passed'],
  [50, 'half of the time has passed'],
  [75, 'three quarters of the time have passed'],
]);

export const ping = {
  headline: (count: number): string => (count === 1 ? 'A request waits for you.' : `${count} requests wait for you.`),
  /** What fell due long before it could be told. */
  away: 'While Carveout was away, this fell due and still waits for you:',
  which: (numbers: string[], left: number): string => format.all(left > 0 ? [...numbers, `${left} more`] : numbers),
  due: (at: Inline): Line => line`due ${at}`,
  overdue: (at: Inline): Line => line`overdue since ${at}`,
  passed: (percent: number): string => SHARE.get(percent) ?? `${percent} % of the time has passed`,
  putOff: 'you put it off until now',
  fell: (at: Inline): Line => line`(you were to hear of it on ${at})`,
  more: (count: number): string => `and ${count} more. The Home tab has all of them.`,
  snooze: 'Snooze until tomorrow',
  snoozedTitle: 'Snoozed',
  snoozed: (numbers: number[], until: string): string =>
    numbers.length === 0
      ? 'Nothing of it waits for you any more, so there is nothing to snooze.'
      : `You hear of ${format.all(numbers.map(ex))} again at ${until}. Nobody else's reminders change.`,
  forgotten:
    'This was a reminder. It named something that was erased from the record since, so it is gone. What waits for you stands on the Home tab.',
  why: 'You get this because the next step is yours, that of a group you are in, or of somebody you stand in for. How often you are reminded is set at the bottom of the Home tab.',
};

/** Escalations that are summed up, since many of them are late at once. */
export const late = {
  headline: (count: number): string => `While Carveout was away, ${count} escalations fell due.`,
  line: (kind: keyof typeof names.escalation, priority: keyof typeof names.priority, since: Inline): Line =>
    line`${names.priority[priority]}, ${names.escalation[kind].toLowerCase()}, since ${since}`,
  left: (count: number): string => `${count} more`,
  more: (count: number): string => `and ${count} more. The Home tab has what waits for you; /exception find has any.`,
  why: 'They come in one message because Carveout could not tell you of each in time. Acknowledge what you take charge of: what nobody acknowledges goes on to the next.',
  takenTitle: 'Acknowledged',
  taken: (number: number): string => `You have taken charge of ${ex(number)}: its card says so.`,
};

/** At the bottom of Home. */
export const reminders = {
  title: 'Reminders',
  choice: {
    each: 'Each, at most every four hours',
    hourly: 'Gathered, at most once an hour',
    urgent: 'Urgent only',
  } satisfies Record<Reminders, string>,
  hint: 'Reminders come in your working hours, several in one message. Urgent ones cannot be muted: they come at once, at any hour.',
};

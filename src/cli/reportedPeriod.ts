/** Which week or which other period a report is asked for in a terminal. */
import type { Clock } from '../app/ports.ts';
import { isProblem, type Period, parsePeriod } from '../core/period.ts';
import { latestDueWeek, parseWeek, type Week, weekOf } from '../core/week.ts';
import { wording } from '../slack/wording/index.ts';
import type { Policies } from '../store/policies.ts';
import { CommandError, UsageError } from './command.ts';

type Sources = { policies: Policies; clock: Clock };
type Values = { week?: string | undefined; period?: string | undefined; post?: boolean | undefined };

/** `week`: that it is, and the last one that fell due unless told; null for any other period. */
export async function periodMeant(
  { policies, clock }: Sources,
  values: Values,
): Promise<Period & { called: string; week: Week | null }> {
  const { zone } = (await policies.current().catch(noPolicy)).document.wiring;
  const now = clock.now();
  if (values.period === undefined) {
    const week = weekMeant(values.week, now, zone);
    return { ...week, called: week.id, week };
  }
  if (values.week !== undefined) throw new UsageError('Give --week or --period, not both.');
  if (values.post) throw new UsageError('Only the report of a week is posted: name it with --week.');
  const found = parsePeriod(values.period, now, zone);
  // What stands in code type in Slack is to be typed as it is.
  if (isProblem(found)) throw new UsageError(wording().period.refusal(found).replaceAll('`', ''));
  return { ...found, called: values.period.trim(), week: null };
}

function weekMeant(wanted: string | undefined, now: string, zone: string): Week {
  if (wanted === undefined) return latestDueWeek(now, zone);
  const week = parseWeek(wanted, zone);
  if (!week) throw new UsageError(`${wanted} is no week: write it like ${weekOf(now, zone).id}.`);
  if (week.from > now) throw new UsageError(`${wanted} has not begun: it is ${weekOf(now, zone).id}.`);
  return week;
}

const noPolicy = (): never => {
  throw new CommandError('The record has no policy yet: start the bot once, which reads it.');
};

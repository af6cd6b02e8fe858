/** What the sign-off of a week is drawn from, read as it is now. */
import { parseWeek } from '../core/week.ts';
import { signOffDue } from '../core/weekReview.ts';
import { namesOf } from '../store/people.ts';
import type { Policies } from '../store/policies.ts';
import type { Db } from '../store/schema.ts';
import { loadWeek } from '../store/weekReviews.ts';
import { daysOf } from './report/names.ts';
import type { DrawnSignOff } from './views/signOff.ts';

/** @returns null where the week was not reported */
export async function drawSignOff(
  { db, policies, teamId }: { db: Db; policies: Policies; teamId: string },
  week: string,
): Promise<DrawnSignOff | null> {
  const { state } = await loadWeek(db, teamId, week);
  if (!state) return null;
  const { wiring } = (await policies.current()).document;
  const listed = [wiring.groups.compliance].flat();
  return {
    ...{ state, wiring, days: daysOfWeek(week, wiring.zone), dueAt: signOffDue(state, wiring.sign_off_within) },
    names: await namesOf(db, teamId, [...listed, ...(state.signedOff ? [state.signedOff.by] : [])]),
  };
}

/** `16–22 Nov 2026`; the week's own name where the calendar of the zone does not have it. */
export function daysOfWeek(week: string, zone: string): string {
  const figures = parseWeek(week, zone);
  return figures ? daysOf({ figures, zone }) : week;
}

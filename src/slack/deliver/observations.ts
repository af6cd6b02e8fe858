/** What deserves a look in a week, with the names and the requests behind it: to each of compliance, once. */
import { Later } from '../../app/later.ts';
import { namedIn, observationsOf } from '../../core/observations.ts';
import { parseWeek } from '../../core/week.ts';
import { readLooked } from '../../store/observations.ts';
import { owe } from '../../store/outbox.ts';
import { membersOf, namesOf } from '../../store/people.ts';
import { questionsOf } from '../report/observed.ts';
import { observationsMessage } from '../views/observations.ts';
import { wording } from '../wording/index.ts';
import type { Deps } from './deps.ts';
import { toPerson } from './person.ts';
import { alertOf } from './route.ts';
import { forEach } from './several.ts';

/** How long it waits for a clock that says that the week is over; milliseconds. */
const CLOCK_BEHIND = 1_000;

/** Where nothing deserves a look, nobody is told anything. */
export async function observations(deps: Deps, { week: id }: { week: string }): Promise<void> {
  const { db, teamId, policies, clock } = deps;
  const { rules, wiring } = (await policies.current()).document;
  const week = parseWeek(id, wiring.zone);
  if (!week) throw new Error(`${id} is no ISO week`);
  if (clock.now() < week.to) throw new Later(`${id} is not over by this clock`, CLOCK_BEHIND);
  const found = observationsOf(await readLooked(db, teamId, week, rules));
  if (found.length === 0) return;
  const { people } = await membersOf(db, teamId, wiring, 'compliance');
  if (people.length === 0)
    await owe(db, teamId, [alertOf(deps, 'group/compliance', wording().trouble.nobodyInRole('compliance'))]);
  const names = await namesOf(db, teamId, [...new Set(found.flatMap(namedIn))]);
  const message = observationsMessage({ week, zone: wiring.zone, questions: questionsOf({ rules, names }, found) });
  await forEach(people, (person) =>
    toPerson(deps, person, { key: `observations/${id}/${person}`, surface: 'observations', message }),
  );
}

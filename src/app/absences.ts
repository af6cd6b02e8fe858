/** The one way an order about somebody's absences is carried out. */
import { type AbsenceCommand, type AbsenceRefusal, decideAbsence, evolveAbsences } from '../core/absences.ts';
import type { PersonEvent, Recorded } from '../core/events.ts';
import type { Intent } from './intents.ts';
import type { PersonLog } from './ports.ts';
import { untilFirst } from './tries.ts';

type Without<C> = C extends { type: 'set' } ? Omit<C, 'others'> : C;
/** What others have set is read on the way. */
export type AbsenceOrder = Without<AbsenceCommand>;

/**
 * @param key of the click or modal, under which it counts once
 * @returns what happened, in order; nothing where it was so already
 */
export function handleAbsence(
  log: PersonLog,
  teamId: string,
  order: AbsenceOrder,
  key: string,
): Promise<Recorded<PersonEvent>[] | AbsenceRefusal> {
  const { person } = order;
  return untilFirst(`person/${person}`, async () => {
    const { state, version, head } = await log.load(teamId, person);
    const events = decideAbsence(state, await withOthers(log, teamId, order));
    if ('refused' in events || events.length === 0) return events;
    const next = events.reduce(evolveAbsences, state);
    const told = events.map((_, at): Intent => ({ kind: 'absence', person, seq: version + at + 1 }));
    // Open requests may have nobody to decide them now, or somebody again.
    const intents: Intent[] = [...told, { kind: 'look_at_staffing' }];
    const append = { teamId, person, expectedVersion: version, head, state: next, events, intents, key };
    const outcome = await log.append(append);
    if (outcome === 'repeated') return [];
    return outcome === 'appended' ? events : 'conflict';
  });
}

const withOthers = async (log: PersonLog, teamId: string, order: AbsenceOrder): Promise<AbsenceCommand> =>
  order.type === 'set' ? { ...order, others: await log.around(teamId, order.at, order.until) } : order;

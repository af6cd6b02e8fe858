/** What was recorded of somebody's absence, told to those whom it concerns and who did not do it themselves. */
import type { Away } from '../../core/absences.ts';
import type { PersonEvent, Recorded } from '../../core/events.ts';
import { namesOf } from '../../store/people.ts';
import { loadPerson, personEvents } from '../../store/personStreams.ts';
import { absenceMessage, type Concerned } from '../views/away.ts';
import { wording } from '../wording/index.ts';
import type { Deps } from './deps.ts';
import { toPerson } from './person.ts';
import { forEach } from './several.ts';

type Event = Recorded<PersonEvent>;

export async function absence(deps: Deps, { person, seq }: { person: string; seq: number }): Promise<void> {
  const { db, teamId, policies } = deps;
  const events = await personEvents(db, teamId, person);
  const event = events[seq - 1];
  if (!event) throw new Error(`person/${person} has no event ${seq}`);
  const { state } = await loadPerson(db, teamId, person);
  const about = 'absence' in event ? (state.absences.find(({ id }) => id === event.absence) ?? null) : null;
  const { zone } = (await policies.current()).document.wiring;
  const told = concerned(event, about, events.slice(seq));
  const names = await namesOf(db, teamId, [event.by, event.person, about?.delegate ?? event.by]);
  const write = (at: string) => wording().format.time(at, zone);
  await forEach(told, ({ to, as }) =>
    toPerson(deps, to, {
      key: `absence/${person}/${seq}/${to}`,
      surface: 'alert',
      message: absenceMessage({ event, as, names, write }),
    }),
  );
}

/** @param after what was recorded after it: one that took its place says more */
function concerned(event: Event, about: Away | null, after: Event[]): Concerned[] {
  const { by, person } = event;
  const others = (all: Concerned[]) => all.filter(({ to }) => to !== by);
  switch (event.type) {
    case 'absence_set':
    case 'absence_ended': {
      const instead = event.type === 'absence_ended' ? replacement(event, after) : undefined;
      const delegate = about?.delegate;
      const own: Concerned[] = instead ? [] : [{ to: person, as: 'person' }];
      const standIn: Concerned[] = delegate && instead?.delegate !== delegate ? [{ to: delegate, as: 'delegate' }] : [];
      return others([...own, ...standIn]);
    }
    case 'assistant_named':
    case 'assistant_dismissed':
      return others([{ to: event.assistant, as: 'assistant' }]);
    default:
      return event satisfies never;
  }
}

/** What was set by the same order. */
const replacement = ({ by, at }: Event, after: Event[]) =>
  after.find((next) => next.type === 'absence_set' && next.by === by && next.at === at) as
    | Extract<Event, { type: 'absence_set' }>
    | undefined;

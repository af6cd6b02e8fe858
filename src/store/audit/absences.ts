/** Who was known to be away at which time: every absence as it was set, and as it was ended. */
import type { Known } from './barred.ts';
import { isoOf, type Reader } from './reader.ts';

const EVENTS = `
  select e.stream, e.type, e.data ->> 'absence' as absence, e.data ->> 'from' as "from", e.data ->> 'until' as until,
    e.data ->> 'delegate' as delegate, e.at::text as at
  from events e where e.team_id = $1 and e.stream like 'person/%' and e.type in ('absence_set', 'absence_ended')
  order by e.stream, e.seq`;

/** There are few of them beside the requests. A stream that was tampered with is told of elsewhere. */
export async function knownAbsences(read: Reader, teamId: string): Promise<Known[]> {
  const known: Known[] = [];
  for (const [stream = '', type, id, from = '', until = '', delegate = null, at] of await read(EVENTS, [teamId])) {
    const person = (stream ?? '').slice('person/'.length);
    const when = isoOf(at ?? '');
    const before = known.findLast((one) => one.person === person && one.id === Number(id) && one.changed === null);
    if (before) before.changed = when;
    const set =
      type === 'absence_set'
        ? { id: Number(id), person, from: from ?? '', until: until ?? '', delegate, setBy: '', setAt: when }
        : before && { ...before, until: until ?? '' };
    if (set) known.push({ ...set, known: when, changed: null });
  }
  return known;
}

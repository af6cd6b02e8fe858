/** Streams `person/<id>`, and the rows by which it is found who is away. */
import type { PersonAppend, PersonLog } from '../app/ports.ts';
import { evolveAbsences, nobodyYet, type PersonState } from '../core/absences.ts';
import { type PersonEvent, personEvent, type Recorded } from '../core/events.ts';
import { absencesAround } from './absences.ts';
import { appendWith } from './appendWith.ts';
import type { Store } from './connect.ts';
import type { Db } from './schema.ts';
import { readSmallStream } from './smallStream.ts';

export const personStream = (person: string): string => `person/${person}`;

export const createPersonLog = (store: Store): PersonLog => ({
  load: (teamId, person) => loadPerson(store.db, teamId, person),
  append: (append) => appendPerson(store, append),
  around: (teamId, from, until) => absencesAround(store.db, teamId, from, until),
});

/** From their events: there are few of them. */
export async function loadPerson(db: Db, teamId: string, person: string): ReturnType<PersonLog['load']> {
  const stored = await read(db, teamId, person);
  const state = stored.reduce<PersonState>((before, { event }) => evolveAbsences(before, event), nobodyYet);
  const last = stored.at(-1);
  return { state, version: last?.seq ?? 0, head: last?.hash ?? null };
}

/** All that was recorded of a person, in order. */
export const personEvents = async (db: Db, teamId: string, person: string): Promise<Recorded<PersonEvent>[]> =>
  (await read(db, teamId, person)).map(({ event }) => event);

const read = (db: Db, teamId: string, person: string) => readSmallStream(db, teamId, personStream(person), personEvent);

/** What the rows say, as of the last event. */
export const personRows = (teamId: string, person: string, { absences, assistant }: PersonState) => ({
  absences: absences.map(({ id, from, until, delegate, setBy, setAt }) => ({
    team_id: teamId,
    person,
    absence: id,
    from,
    until,
    delegate,
    set_by: setBy,
    set_at: setAt,
  })),
  assistants: assistant ? [{ team_id: teamId, person, assistant: assistant.person }] : [],
});

const WRITE = `
  with dismissed as (
    delete from assistants where team_id = $1 and person = $2 and $4::jsonb = '[]'
  ), named as (
    insert into assistants select * from jsonb_populate_recordset(null::assistants, $4::jsonb)
    on conflict (team_id, person) do update set assistant = excluded.assistant
  )
  insert into absences select * from jsonb_populate_recordset(null::absences, $3::jsonb)
  on conflict (team_id, person, absence) do update set until = excluded.until`;

async function appendPerson({ pool }: Store, { person, state, ...append }: PersonAppend) {
  const { absences, assistants } = personRows(append.teamId, person, state);
  const values = [append.teamId, person, JSON.stringify(absences), JSON.stringify(assistants)];
  const all = { ...append, stream: personStream(person), request: null, handled: null };
  return appendWith(pool, all, (client) => client.query(WRITE, values));
}

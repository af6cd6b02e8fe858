/** Each absence and each assistant must be there as the events of `person/<id>` tell it, and no other. */

import { loadPerson, personRows, personStream } from '../personStreams.ts';
import type { Db } from '../schema.ts';
import { differences } from './differences.ts';
import type { Fault } from './fault.ts';

/** @param broken streams in which something else was wrong already */
export async function personFaults(db: Db, teamId: string, broken: ReadonlySet<string>): Promise<Fault[]> {
  const of = <T extends 'absences' | 'assistants'>(table: T) =>
    db
      .selectFrom(table as 'absences')
      .select('person')
      .distinct()
      .where('team_id', '=', teamId)
      .execute();
  const streams = await db
    .selectFrom('events')
    .select('stream')
    .distinct()
    .where('team_id', '=', teamId)
    .where('stream', 'like', personStream('%'))
    .execute();
  const named = [...(await of('absences')), ...(await of('assistants'))].map(({ person }) => personStream(person));
  const all = [...new Set([...streams.map(({ stream }) => stream), ...named])].sort();
  const faults: Fault[] = [];
  for (const stream of all.filter((stream) => !broken.has(stream))) {
    const fault = await personFault(db, teamId, stream);
    if (fault) faults.push(fault);
  }
  return faults;
}

async function personFault(db: Db, teamId: string, stream: string): Promise<Fault | null> {
  const person = stream.slice(personStream('').length);
  const rowsOf = <T extends 'absences' | 'assistants'>(table: T) =>
    db
      .selectFrom(table as 'absences')
      .selectAll()
      .where('team_id', '=', teamId)
      .where('person', '=', person)
      .execute();
  try {
    const { state, version } = await loadPerson(db, teamId, person);
    if (version === 0) return { stream, seq: null, what: 'events_missing' };
    const derived = personRows(teamId, person, state);
    const absences = (await rowsOf('absences')).toSorted((a, b) => a.absence - b.absence);
    const columns = [
      ...differences({ absences: derived.absences }, { absences }),
      ...differences({ assistants: derived.assistants }, { assistants: await rowsOf('assistants') }),
    ];
    return columns.length > 0 ? { stream, seq: null, what: 'row_changed', columns } : null;
  } catch (error) {
    // Each event is what was written, but this one cannot follow that one.
    return { stream, seq: null, what: 'unreadable', why: error instanceof Error ? error.message : String(error) };
  }
}

/** Claiming what a person is told now, in one message. */
import type { Transaction } from 'kysely';
import type { Calendar } from '../core/calendar.ts';
import { isStale, type Listener, tellAt, toTell, type Waiting } from '../core/pings.ts';
import type { Instant } from '../core/values.ts';
import { owe } from './outbox.ts';
import type { Database, Db } from './schema.ts';

type Look = {
  now: Instant;
  /** When they are back; null where they are not away. */
  back: Instant | null;
  /** Their working hours, by the zone that Slack knows. */
  hoursIn(zone: string | null): Calendar;
};

/**
 * Looks what a person is to be told now, and owes them one message of it. Of several replicas one does: the row is theirs
 * alone meanwhile, and claim and message are one transaction.
 * @returns how many things are in the message; 0 where there is none
 */
export const claimPing = (db: Db, teamId: string, person: string, look: Look): Promise<number> =>
  db.transaction().execute(async (trx) => {
    const row = await trx
      .selectFrom('quiet')
      .select(['reminders', 'chosen_at', 'pings', 'pinged_at'])
      .where('team_id', '=', teamId)
      .where('person', '=', person)
      .where('tell_at', '<=', new Date(look.now))
      .forUpdate()
      .skipLocked()
      .executeTakeFirst();
    if (!row) return 0;
    const listener: Listener = {
      reminders: row.reminders,
      since: row.chosen_at?.toISOString() ?? null,
      pingedAt: row.pinged_at?.toISOString() ?? null,
      hours: look.hoursIn(await zoneOf(trx, teamId, person)),
    };
    const waiting = await waitingFor(trx, teamId, person, look.back);
    const told = toTell(listener, waiting, look.now);
    const ping = row.pings + 1;
    if (told.length > 0) await take(trx, teamId, person, ping, told, { listener, now: look.now });
    const pingedAt = told.some(({ urgent }) => !urgent) ? look.now : listener.pingedAt;
    const left = waiting.filter((each) => !told.includes(each));
    await trx
      .updateTable('quiet')
      .set({
        pings: told.length > 0 ? ping : row.pings,
        pinged_at: pingedAt,
        tell_at: tellAt({ ...listener, pingedAt }, left, look.now),
      })
      .where('team_id', '=', teamId)
      .where('person', '=', person)
      .execute();
    return told.length;
  });

const zoneOf = async (db: Db, teamId: string, person: string): Promise<string | null> => {
  const people = db.selectFrom('people').select('zone').where('team_id', '=', teamId);
  return (await people.where('id', '=', person).executeTakeFirst())?.zone ?? null;
};

type Waits = Waiting & { number: number; key: string };

/** What they put off waits until that is over; while they are away, everything does. */
async function waitingFor(db: Db, teamId: string, person: string, back: Instant | null): Promise<Waits[]> {
  const rows = await db
    .selectFrom('pings')
    .leftJoin('snoozes', (join) =>
      join
        .onRef('snoozes.team_id', '=', 'pings.team_id')
        .onRef('snoozes.person', '=', 'pings.person')
        .onRef('snoozes.request_number', '=', 'pings.request_number'),
    )
    .select(['pings.request_number', 'pings.key', 'pings.urgent', 'pings.due_at', 'pings.noted_at', 'snoozes.until'])
    .where('pings.team_id', '=', teamId)
    .where('pings.person', '=', person)
    .where('pings.ping', 'is', null)
    .execute();
  return rows.map(({ request_number, key, urgent, due_at, noted_at, until }) => {
    const [dueAt = ''] = [due_at.toISOString(), until?.toISOString() ?? '', back ?? ''].sort().reverse();
    return { number: request_number, key, urgent, dueAt, notedAt: noted_at.toISOString() };
  });
}

async function take(
  trx: Transaction<Database>,
  teamId: string,
  person: string,
  ping: number,
  told: Waits[],
  { listener, now }: { listener: Listener; now: Instant },
): Promise<void> {
  for (const each of told)
    await trx
      .updateTable('pings')
      .set({ ping, stale: isStale(listener, each, now) })
      .where('team_id', '=', teamId)
      .where('person', '=', person)
      .where('request_number', '=', each.number)
      .where('key', '=', each.key)
      .execute();
  await owe(trx, teamId, [{ kind: 'ping', person, ping }]);
}

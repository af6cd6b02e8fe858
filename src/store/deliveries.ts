/** Every message that is to be posted once: `sending` before the call, `sent` after it, `gone` when it is no longer drawn. */
import { sql } from 'kysely';
import type { Recorded } from '../core/events.ts';
import { UNTOLD } from '../core/told.ts';
import type { Db, Row } from './schema.ts';

export type Delivery = Omit<Row<'deliveries'>, 'team_id'>;
export type Surface = Delivery['surface'];
/** What a message is about, beside its key. */
export type About = Pick<Delivery, 'key' | 'surface' | 'request_number' | 'person' | 'subject' | 'channel'>;

const COLUMNS = [
  'key',
  'surface',
  'request_number',
  'person',
  'subject',
  'status',
  'channel',
  'ts',
  'live',
  'drawn',
  'at',
] as const;

const of = (db: Db, teamId: string) => db.selectFrom('deliveries').select(COLUMNS).where('team_id', '=', teamId);

export const deliveryOf = (db: Db, teamId: string, key: string): Promise<Delivery | undefined> =>
  of(db, teamId).where('key', '=', key).executeTakeFirst();

/**
 * Notes that a message is about to be posted.
 * @returns what is known of it, and whether this is the first that anybody heard of it
 */
export async function begin(db: Db, teamId: string, about: About): Promise<{ delivery: Delivery; first: boolean }> {
  const inserted = await db
    .insertInto('deliveries')
    .values({ team_id: teamId, ...about, subject: JSON.stringify(about.subject), status: 'sending', live: false })
    .onConflict((oc) => oc.doNothing())
    .returning(COLUMNS)
    .executeTakeFirst();
  if (inserted) return { delivery: inserted, first: true };
  const delivery = await deliveryOf(db, teamId, about.key);
  // Its holder found that it was not posted and struck it out in between.
  return delivery ? { delivery, first: false } : begin(db, teamId, about);
}

/** Notes where the message stands. */
export async function markSent(
  db: Db,
  teamId: string,
  key: string,
  posted: { channel: string; ts: string; live: boolean; drawn: string | null },
): Promise<Delivery> {
  return db
    .updateTable('deliveries')
    .set({ status: 'sent', ...posted })
    .where('team_id', '=', teamId)
    .where('key', '=', key)
    .returning(COLUMNS)
    .executeTakeFirstOrThrow();
}

/** Notes that Slack has the file; which one it is stands in the subject. */
export async function markUploaded(db: Db, teamId: string, key: string): Promise<void> {
  await db
    .updateTable('deliveries')
    .set({ status: 'sent' })
    .where('team_id', '=', teamId)
    .where('key', '=', key)
    .execute();
}

/** Strikes out what was certainly not posted. */
export async function forget(db: Db, teamId: string, key: string): Promise<void> {
  await db
    .deleteFrom('deliveries')
    .where('team_id', '=', teamId)
    .where('key', '=', key)
    .where('status', '=', 'sending')
    .execute();
}

export async function markGone(db: Db, teamId: string, key: string): Promise<void> {
  await db
    .updateTable('deliveries')
    .set({ status: 'gone', live: false })
    .where('team_id', '=', teamId)
    .where('key', '=', key)
    .execute();
}

export async function markDrawn(db: Db, teamId: string, key: string, drawn: string): Promise<void> {
  await db.updateTable('deliveries').set({ drawn }).where('team_id', '=', teamId).where('key', '=', key).execute();
}

/** Keeps something with a message that drawing it or others again will need. */
export async function note(db: Db, teamId: string, key: string, facts: Record<string, unknown>): Promise<void> {
  await db
    .updateTable('deliveries')
    .set({ subject: sql`subject || ${JSON.stringify(facts)}::jsonb` })
    .where('team_id', '=', teamId)
    .where('key', '=', key)
    .execute();
}

/** Messages that are drawn again when the request changes. */
export const liveOf = (db: Db, teamId: string, number: number): Promise<Delivery[]> =>
  of(db, teamId)
    .where('request_number', '=', number)
    .where('live', '=', true)
    .where('status', '=', 'sent')
    .orderBy('at')
    .execute();

/**
 * Messages that name a request and are not drawn again with it, posted or begun: lines of its threads, and reminders of several
 * requests.
 */
export const oldLinesOf = (db: Db, teamId: string, number: number): Promise<Delivery[]> =>
  of(db, teamId)
    .where((eb) =>
      eb.or([
        eb.and([eb('request_number', '=', number), eb('surface', '=', 'thread')]),
        eb.and([eb('surface', '=', 'ping'), sql<boolean>`subject -> 'numbers' @> ${JSON.stringify(number)}::jsonb`]),
      ]),
    )
    .where('live', '=', false)
    .where('status', 'in', ['sent', 'sending'])
    .orderBy('at')
    .execute();

/** Messages that were posted under keys that begin like this, the oldest first. */
export const deliveriesUnder = (db: Db, teamId: string, prefix: string): Promise<Delivery[]> =>
  of(db, teamId)
    .where((eb) => eb.fn<boolean>('starts_with', ['key', eb.val(prefix)]))
    .where('status', '=', 'sent')
    .orderBy('at')
    .execute();

/** All cards a request ever had, the oldest first. */
export const cardsOf = (db: Db, teamId: string, number: number): Promise<Delivery[]> =>
  of(db, teamId).where('request_number', '=', number).where('surface', '=', 'card').orderBy('at').execute();

/** The direct messages a person got about a request, the oldest first. */
export const directMessagesOf = (db: Db, teamId: string, number: number, person: string): Promise<Delivery[]> =>
  of(db, teamId)
    .where('request_number', '=', number)
    .where('surface', '=', 'dm')
    .where('person', '=', person)
    .orderBy(sql`(subject->>'seq')::int`)
    .orderBy('at')
    .execute();

/** Makes this the person's one live message about its request. */
export async function makeLive(db: Db, teamId: string, { key, request_number, person }: Delivery): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await trx
      .updateTable('deliveries')
      .set({ live: false })
      .where('team_id', '=', teamId)
      .where('request_number', '=', request_number)
      .where('person', '=', person)
      .where('surface', '=', 'dm')
      .where('live', '=', true)
      .execute();
    await trx
      .updateTable('deliveries')
      .set({ live: true })
      .where('team_id', '=', teamId)
      .where('key', '=', key)
      .execute();
  });
}

/** The events of a request, up to and with `upTo`, that its thread has not told yet, the first first. */
export async function untoldEvents(db: Db, teamId: string, number: number, upTo: number): Promise<number[]> {
  const rows = await db
    .selectFrom('events')
    .select('seq')
    .where('team_id', '=', teamId)
    .where('stream', '=', `request/${number}`)
    .where('seq', '<=', upTo)
    .where('type', 'not in', UNTOLD)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('deliveries')
            .select('key')
            .where('team_id', '=', teamId)
            .where('key', '=', sql<string>`'thread/' || ${number}::int || '/' || events.seq`)
            .where('status', '!=', 'sending'),
        ),
      ),
    )
    .orderBy('seq')
    .execute();
  return rows.map(({ seq }) => seq);
}

/** After these it is somebody's turn anew: a stage or a round begins, or what approvals waited for is cleared up. */
const BEGIN_A_TURN = [
  'submitted',
  'amended',
  'corrected',
  'tier_picked',
  'stage_approved',
  'confirmation_taken_back',
  'hold_released',
] as const satisfies readonly Recorded['type'][];

/** The event that began the turn of those whose turn it is. */
export async function stageBegan(db: Db, teamId: string, number: number): Promise<number> {
  const { seq } = await db
    .selectFrom('events')
    .select((eb) => eb.fn.max('seq').as('seq'))
    .where('team_id', '=', teamId)
    .where('stream', '=', `request/${number}`)
    .where('type', 'in', BEGIN_A_TURN)
    .executeTakeFirstOrThrow();
  return seq;
}

/** Which of these keys were posted already. */
export async function postedAmong(db: Db, teamId: string, keys: string[]): Promise<ReadonlySet<string>> {
  if (keys.length === 0) return new Set();
  const rows = await db
    .selectFrom('deliveries')
    .select('key')
    .where('team_id', '=', teamId)
    .where('key', 'in', keys)
    .where('status', '!=', 'sending')
    .execute();
  return new Set(rows.map(({ key }) => key));
}

/** Streams `review/<week>`: the report of a week, and who signed it off. */
import type { WeekLog } from '../app/ports.ts';
import { weekEvent } from '../core/events.ts';
import type { Instant } from '../core/values.ts';
import { latestDueWeeks } from '../core/week.ts';
import { evolveWeek, type WeekReview } from '../core/weekReview.ts';
import { appendTo } from './append.ts';
import type { Store } from './connect.ts';
import { reviewOf } from './due.ts';
import { isRemembered } from './inbox.ts';
import type { Db } from './schema.ts';
import { readSmallStream } from './smallStream.ts';

export const createWeekLog = ({ db, pool }: Pick<Store, 'db' | 'pool'>): WeekLog => ({
  load: async (teamId, week, key) => ({
    ...(await loadWeek(db, teamId, week)),
    repeated: key !== null && (await isRemembered(db, teamId, key)),
  }),
  append: ({ week, ...append }) => appendTo(pool, { ...append, stream: reviewOf(week), request: null, handled: null }),
});

/** From its events: there are few of them. */
export async function loadWeek(
  db: Db,
  teamId: string,
  week: string,
): Promise<{ state: WeekReview | null; version: number; head: string | null }> {
  const stored = await readSmallStream(db, teamId, reviewOf(week), weekEvent);
  const state = stored.reduce<WeekReview | null>((before, { event }) => evolveWeek(before, event), null);
  const last = stored.at(-1);
  return { state, version: last?.seq ?? 0, head: last?.hash ?? null };
}

/** Weeks further back than this nobody is asked about: the admins have heard of them, or the record is older than signing. */
const WEEKS_BACK = 5;

/** Weeks that were reported lately and that nobody has signed off, the oldest first. */
export async function unsignedOf(db: Db, teamId: string, now: Instant, zone: string): Promise<WeekReview[]> {
  const weeks = latestDueWeeks(now, zone, WEEKS_BACK).map(({ id }) => id);
  const rows = await db
    .selectFrom('events')
    .select('stream')
    .where('team_id', '=', teamId)
    .where('stream', 'in', weeks.map(reviewOf))
    .groupBy('stream')
    .having((eb) => eb(eb.fn('bool_or', [eb('type', '=', 'week_signed_off')]), '=', false))
    .orderBy('stream')
    .execute();
  const loaded = await Promise.all(rows.map(({ stream }) => loadWeek(db, teamId, weekOfStream(stream))));
  return loaded.flatMap(({ state }) => state ?? []);
}

const weekOfStream = (stream: string): string => stream.slice('review/'.length);

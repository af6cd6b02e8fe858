/** What auditors look at goes on the record before it is granted. */
import { type Refusal, refuse } from '../../core/refusal.ts';
import { isOf, type Standing } from '../../core/standing.ts';
import { recordLook } from '../../store/access.ts';
import type { Actor, Listening } from './listening.ts';

type Looked = { what: 'request' | 'list'; requests: number[] };

/**
 * Of anybody else nothing is recorded: what they see is theirs to see.
 * @param looked the numbers of all that is about to be shown
 * @returns `look_not_recorded` where nothing may be shown; null lets pass
 */
export async function granted(
  { db, teamId, clock, logger }: Listening,
  { id }: Actor,
  standing: Standing,
  looked: Looked,
): Promise<Refusal | null> {
  if (!isOf(standing, 'auditors')) return null;
  try {
    await recordLook(db, teamId, { ...looked, from: null, to: null, by: id, at: clock.now() });
    return null;
  } catch (err) {
    logger.error({ err, by: id }, 'what an auditor looks at could not be recorded, so it is not shown');
    return refuse({ why: 'look_not_recorded' });
  }
}

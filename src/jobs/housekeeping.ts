/** Removes what nobody asks for again. */
import type { Log } from '../log.ts';
import { sweepOut } from '../store/housekeeping.ts';
import type { Db } from '../store/schema.ts';

export async function keepHouse({ db, teamId, log }: { db: Db; teamId: string; log: Log }): Promise<void> {
  const removed = await sweepOut(db, teamId);
  log.debug(removed, 'house kept');
}

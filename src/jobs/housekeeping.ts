/** Removes what nobody asks for again. */
import type { Clock } from '../app/ports.ts';
import type { Log } from '../log.ts';
import { sweepOut } from '../store/housekeeping.ts';
import type { Db } from '../store/schema.ts';

type House = { db: Db; teamId: string; clock: Clock; log: Log };

export async function keepHouse({ db, teamId, clock, log }: House): Promise<void> {
  const removed = await sweepOut(db, teamId, clock.now());
  log.debug(removed, 'house kept');
}

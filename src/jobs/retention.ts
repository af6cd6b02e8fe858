/** Erases what the policy says is kept no longer. What that is stands in the database, so a downtime loses nothing. */
import { handle } from '../app/handle.ts';
import type { Clock, EventLog } from '../app/ports.ts';
import type { Command } from '../core/command.ts';
import { SYSTEM } from '../core/events.ts';
import { isRefusal } from '../core/refusal.ts';
import { expiriesOf } from '../core/retention.ts';
import type { Log } from '../log.ts';
import type { Policies } from '../store/policies.ts';
import { type Expired, expiredRecords, noteErased } from '../store/retention.ts';
import type { Db } from '../store/schema.ts';

type Deps = { db: Db; events: EventLog; policies: Policies; clock: Clock; teamId: string; log: Log };

const BATCH = 50;
/** In one go; the next turn goes on. A first policy of this kind may find years. */
const BATCHES = 20;

/** Several replicas may do it at once: what one has erased the other finds erased. @returns how many records lost something */
export async function eraseExpired(deps: Deps): Promise<number> {
  const { db, policies, clock, teamId, log } = deps;
  const { retention } = (await policies.current()).document.wiring;
  if (!retention) return 0;
  const expiries = expiriesOf(retention, clock.now());
  let erased = 0;
  let last = 0;
  for (let batch = 0; batch < BATCHES; batch++) {
    const expired = await expiredRecords(db, teamId, expiries, last, BATCH);
    for (const record of expired) if (await eraseFrom(deps, record)) erased++;
    last = expired.at(-1)?.number ?? 0;
    if (expired.length < BATCH) break;
  }
  if (erased > 0) log.info({ records: erased }, "erased what the policy's retention says is kept no longer");
  return erased;
}

/** One that fails holds up none of the others, and is tried again at the next turn. */
async function eraseFrom({ db, events, clock, teamId, log }: Deps, record: Expired): Promise<boolean> {
  const { number, parts: what } = record;
  const order: Command = { type: 'erase', because: 'retention', what, words: null, by: SYSTEM, at: clock.now() };
  try {
    const done = await handle(events, teamId, order, { number, key: null });
    const nothing = isRefusal(done) && done.why === 'nothing_to_erase';
    if (isRefusal(done) && !nothing) throw new Error(`erasing was refused: ${done.why}`);
    await noteErased(db, teamId, isRefusal(done) ? record : { ...record, version: done.version });
    return !nothing;
  } catch (error) {
    log.error({ request: number, err: error }, 'a record could not be erased; it is tried again');
    return false;
  }
}

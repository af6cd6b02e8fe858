/** Tells people of what waits for them, each when it suits them. Whose time has come stands in the database. */
import type { Clock } from '../app/ports.ts';
import { hoursOf } from '../core/pings.ts';
import type { Instant } from '../core/values.ts';
import type { Log } from '../log.ts';
import { awayNow } from '../store/absences.ts';
import type { Policies } from '../store/policies.ts';
import { peopleToTell } from '../store/quiet.ts';
import type { Db } from '../store/schema.ts';
import { claimPing } from '../store/telling.ts';

export type TellOptions = { db: Db; policies: Policies; clock: Clock; teamId: string; log: Log };
/** How many people were looked at, how many of them are told something, and how many could not be looked at. */
export type Told = { seen: number; told: number; failed: number };

const BATCH = 50;

/**
 * Several replicas may tell at once: each person is claimed by one of them. Who cannot be looked at is logged, and holds up
 * none of the others.
 */
export async function tellPeople({ db, policies, clock, teamId, log }: TellOptions): Promise<Told> {
  const now = clock.now();
  const counted: Told = { seen: 0, told: 0, failed: 0 };
  let due = await peopleToTell(db, teamId, now, null, BATCH);
  if (due.length === 0) return counted;
  const { back, hoursIn } = await whenToTell({ db, policies, teamId }, now);
  while (due.length > 0) {
    counted.seen += due.length;
    for (const { person } of due)
      try {
        const told = await claimPing(db, teamId, person, { now, back: back.get(person) ?? null, hoursIn });
        if (told > 0) counted.told++;
      } catch (error) {
        counted.failed++;
        log.error({ person, err: error }, 'a person could not be told of what is due; the next turn tries again');
      }
    due = due.length < BATCH ? [] : await peopleToTell(db, teamId, now, due.at(-1) ?? null, BATCH);
  }
  return counted;
}

/** When those who are away are back, and when the others work. */
async function whenToTell({ db, policies, teamId }: Pick<TellOptions, 'db' | 'policies' | 'teamId'>, now: Instant) {
  const [away, { document }] = await Promise.all([awayNow(db, teamId, now), policies.current()]);
  const { rules, wiring } = document;
  return {
    back: new Map(away.map(({ person, until }) => [person, until])),
    hoursIn: (zone: string | null) => hoursOf(rules, zone, wiring.zone),
  };
}

/** Tells people of what waits for them, each when it suits them. Whose time has come stands in the database. */
import type { Clock } from '../app/ports.ts';
import { GATHER, hoursOf } from '../core/pings.ts';
import { type Instant, plus } from '../core/values.ts';
import type { Log } from '../log.ts';
import { awayNow } from '../store/absences.ts';
import type { Policies } from '../store/policies.ts';
import { type Due, peopleToTell } from '../store/quiet.ts';
import type { Db } from '../store/schema.ts';
import { claimPing } from '../store/telling.ts';
import { remindersUnderWay } from '../store/underWay.ts';
import { queueNames } from './boss.ts';

export type TellOptions = {
  db: Db;
  policies: Policies;
  clock: Clock;
  teamId: string;
  log: Log;
  /** Milliseconds since some moment, of the machine. */
  elapsed?: () => number;
};
export type Told = {
  /** How many people were looked at, how many of them are told something, and how many could not be looked at. */
  seen: number;
  told: number;
  failed: number;
  /** Whether they have to wait until all that fell due was found. */
  held: boolean;
};

const BATCH = 50;

/**
 * Nobody is told while a request that fell due more than a minute ago, a turn of the sweep, was not looked at, or while what
 * was found is on its way: whoever were told of some of what is due would hear of the rest hours later, in a message of its
 * own. One replica may look and another tell, so that is asked of the database. Since when it waits, each knows for itself:
 * what is stuck silences nobody for longer than things are waited for that are seen together.
 */
export function tellWith(options: TellOptions): () => Promise<Told> {
  const { db, clock, teamId, log, elapsed = () => performance.now() } = options;
  const queue = queueNames(teamId).messages;
  let waitsSince: number | null = null;

  async function mustWait(now: Instant): Promise<boolean> {
    if (!(await remindersUnderWay(db, teamId, queue, plus(now, -GATHER.more)))) {
      waitsSince = null;
      return false;
    }
    waitsSince ??= elapsed();
    return elapsed() - waitsSince < GATHER.most;
  }

  return async () => {
    const now = clock.now();
    const none: Told = { seen: 0, told: 0, failed: 0, held: false };
    const due = await peopleToTell(db, teamId, now, null, BATCH);
    // Where it waited before, it looks whether that is over, also for nobody: the next wait has its own time.
    if (due.length === 0 && waitsSince === null) return none;
    if (await mustWait(now)) {
      log.debug('people are told once all that fell due was found');
      return { ...none, held: due.length > 0 };
    }
    return due.length > 0 ? tellAll(options, now, due) : none;
  };
}

/**
 * Several replicas may tell at once: each person is claimed by one of them. Who cannot be looked at is logged, and holds up
 * none of the others.
 */
async function tellAll({ db, policies, teamId, log }: TellOptions, now: Instant, first: Due[]): Promise<Told> {
  const counted: Told = { seen: 0, told: 0, failed: 0, held: false };
  const { back, hoursIn } = await whenToTell({ db, policies, teamId }, now);
  let due = first;
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

/** Escalations that fell due while Carveout was away: many to one person are summed up in one message. */
import { Later } from '../../app/later.ts';
import { isSettled } from '../../core/ladders.ts';
import type { Instant } from '../../core/values.ts';
import { deliveryOf } from '../../store/deliveries.ts';
import { type Raised, raisedAt, sweepsAt } from '../../store/escalations.ts';
import { type LateLine, lateMessage } from '../views/late.ts';
import type { Deps } from './deps.ts';
import { toPerson } from './person.ts';
import { sceneOf } from './scene.ts';
import { forEach } from './several.ts';

/** Seen later than this after it fell due, an escalation is late. */
const LATE = 60 * 60_000;
/** More than these to one person are summed up. */
const ALONE = 3;
/** How long a sweep may take to find all, by the business clock; and how long to wait before looking again. */
const SWEEP = { lasts: 2 * 60_000, again: 500 };

/** Somebody is hurt where an urgent one is one of many. */
const isLate = ({ at, since, priority }: Pick<Raised, 'at' | 'since' | 'priority'>): boolean =>
  priority !== 'urgent' && Date.parse(at) - Date.parse(since) > LATE;

/**
 * Tells those to whom one of many goes of all of them at once.
 * @param whoIs who is told of what goes to a role
 * @returns those who are to be told of this one by itself
 * @throws Later while the sweep that found it may find more
 */
export async function withoutCrowd(
  deps: Deps,
  raised: Pick<Raised, 'at' | 'since' | 'priority'>,
  to: string[],
  whoIs: (role: Raised['role']) => Promise<string[]>,
): Promise<string[]> {
  const { db, teamId } = deps;
  if (!isLate(raised)) return to;
  const { at } = raised;
  await sweepIsOver(deps, at);
  const all = (await raisedAt(db, teamId, at)).filter(isLate);
  const members = new Map<string, string[]>();
  for (const role of new Set(all.map(({ role }) => role))) members.set(role, await whoIs(role));
  const theirs = (person: string) => all.filter(({ role }) => members.get(role)?.includes(person));
  const crowded = to.filter((person) => theirs(person).length > ALONE);
  await forEach(crowded, (person) => sumUp(deps, person, at, theirs(person)));
  return to.filter((person) => !crowded.includes(person));
}

async function sweepIsOver({ db, teamId, clock }: Deps, at: Instant): Promise<void> {
  const age = Date.parse(clock.now()) - Date.parse(at);
  if (age < 0 || age > SWEEP.lasts) return;
  if (await sweepsAt(db, teamId, at)) throw new Later('the sweep has not found everything yet', SWEEP.again);
}

/** Under the instant of the sweep, so whichever of them is delivered first brings all. */
async function sumUp(deps: Deps, person: string, at: Instant, raised: Raised[]): Promise<void> {
  const key = `late/${person}/${at}`;
  const before = await deliveryOf(deps.db, deps.teamId, key);
  // Each of them owes all: the others need not be read again for it.
  if (before && before.status !== 'sending') return;
  const lines: LateLine[] = [];
  for (const { number, kind, deadline, priority, since } of raised) {
    const drawn = await sceneOf(deps, number);
    if (!isSettled(drawn.state, { kind, deadline }, drawn.rules))
      lines.push({ drawn, kind, deadline, priority, since });
  }
  if (lines.length === 0) return;
  await toPerson(deps, person, { key, surface: 'ping', message: lateMessage(at, lines) });
}

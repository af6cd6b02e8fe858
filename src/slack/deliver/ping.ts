/** Reminders: noted when they fall due, and told in one message when it suits whoever gets it. */
import type { Intent } from '../../app/intents.ts';
import { isUrgent } from '../../core/pings.ts';
import { deliveryOf } from '../../store/deliveries.ts';
import { markTold, notePings, type Ping, pingsIn } from '../../store/pings.ts';
import { type PingLine, pingMessage } from '../views/ping.ts';
import { type Deps, isPosted } from './deps.ts';
import { owing } from './owing.ts';
import { toPerson } from './person.ts';
import { sceneOf } from './scene.ts';

type Of<K extends Intent['kind']> = Extract<Intent, { kind: K }>;

/** What is due of a request is noted for each who owes its next step now. */
export async function remind(deps: Deps, { number, round, stage, percent, since }: Of<'remind'>): Promise<void> {
  const scene = await sceneOf(deps, number);
  const ping = {
    number,
    key: `${round}/${stage}/${percent}/${since}`,
    percent,
    urgent: isUrgent(scene.state),
    dueAt: since,
  };
  await notePings(deps.db, deps.teamId, await owing(deps, scene), ping, deps.clock.now());
}

/** One direct message of all that waits for a person. What is no longer theirs is left out; where nothing is left, nothing is sent. */
export async function ping(deps: Deps, { person, ping: nth }: Of<'ping'>): Promise<void> {
  const { db, teamId, clock } = deps;
  const key = `ping/${person}/${nth}`;
  const before = await deliveryOf(db, teamId, key);
  const posted = isPosted(before) ? before : await post(deps, { person, ping: nth, key });
  // What stands in Slack counts, which may have been drawn by an earlier try.
  const told = posted && isPosted(posted) ? numbersIn(posted.subject) : [];
  await markTold(db, teamId, { person, ping: nth }, told, clock.now());
}

const numbersIn = ({ numbers }: Record<string, unknown>): number[] => (Array.isArray(numbers) ? numbers : []);

async function post(deps: Deps, { person, ping: nth, key }: { person: string; ping: number; key: string }) {
  const lines = await stillTheirs(deps, person, await pingsIn(deps.db, deps.teamId, person, nth));
  if (lines.length === 0) return null;
  const message = pingMessage({ ping: nth, lines, now: deps.clock.now() });
  const subject = { numbers: lines.map(({ drawn }) => drawn.state.number) };
  return toPerson(deps, person, { key, surface: 'ping', message, subject });
}

/** One line a request, of what fell due last. */
async function stillTheirs(deps: Deps, person: string, pings: Ping[]): Promise<PingLine[]> {
  const last = new Map(pings.map((each) => [each.number, each]));
  const lines: PingLine[] = [];
  for (const { number, percent, urgent, stale, dueAt: since } of last.values()) {
    const scene = await sceneOf(deps, number);
    if ((await owing(deps, scene)).includes(person)) lines.push({ drawn: scene, percent, urgent, stale, since });
  }
  return lines;
}

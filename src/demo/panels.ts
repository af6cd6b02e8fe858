/** What the demo shows of the record beside its Slack: how it grows, and that it holds together. */
import { SYSTEM } from '../core/events.ts';
import type { Panel } from '../sandbox/index.ts';
import { verifyChains } from '../store/audit/verify.ts';
import { latestEvents } from '../store/latestEvents.ts';
import { namesOf } from '../store/people.ts';
import type { Db } from '../store/schema.ts';

const SHOWN = 60;

export const panelsOf = (db: Db, teamId: string): Panel[] => [
  { id: 'events', title: 'Events', load: () => events(db, teamId) },
  { id: 'chain', title: 'Chain', load: () => chain(db, teamId) },
];

/** The first hexadecimal digits are enough to follow a chain by eye. */
const short = (hash: string | null): string => hash?.slice(0, 8) ?? 'start';

async function events(db: Db, teamId: string) {
  const latest = await latestEvents(db, teamId, SHOWN);
  const names = await namesOf(db, teamId, [...new Set(latest.map(({ actor }) => actor))]);
  return latest.map(({ stream, seq, type, actor, at, prev_hash, hash }) => ({
    ...{ stream, seq, type },
    actor: actor === SYSTEM ? SYSTEM : (names[actor] ?? actor),
    at: at.toISOString(),
    'prev_hash → hash': `${short(prev_hash)} → ${short(hash)}`,
  }));
}

/** Every hash is computed again from what is stored. */
async function chain(db: Db, teamId: string) {
  const { events, streams, faulty, faults } = await verifyChains(db, teamId);
  const result = faulty === 0 ? 'nothing changed or missing' : `${faulty} streams are broken`;
  return { result, events, streams, ...(faulty === 0 ? {} : { faults }) };
}

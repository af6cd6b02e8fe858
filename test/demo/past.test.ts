/** The demo's past, on the days of the week on which somebody may first start it. */
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ExceptionRequest } from '../../src/core/request.ts';
import { SITUATIONS, situationOf } from '../../src/core/situation.ts';
import { demoApp } from '../../src/demo/app.ts';
import { makePast } from '../../src/demo/past.ts';
import { startSources } from '../../src/demo/sources/index.ts';
import { createLogger } from '../../src/log.ts';
import { type Saved, seededCompany } from '../../src/sandbox/index.ts';
import { verifyChains } from '../../src/store/audit/verify.ts';
import { connect } from '../../src/store/connect.ts';
import { createTestDatabase } from '../support/database.ts';

const POLICY = fileURLToPath(new URL('../../src/demo/policy.yaml', import.meta.url));
const { team } = seededCompany();
const log = createLogger({ level: 'silent' });

type Past = {
  states: ExceptionRequest[];
  faulty: number;
  reviews: (string | null)[];
  saved: Saved;
};

async function pastUntil(until: string): Promise<Past> {
  const database = await createTestDatabase();
  const { db, close } = connect(database.url, log, 3);
  const known = await startSources(db, database.url, POLICY);
  const options = { databaseUrl: database.url, app: demoApp(), policyFile: POLICY, sources: known.sources };
  const saved = await makePast({ ...options, until, log });
  const rows = await db.selectFrom('requests').select('state').execute();
  const reviews = await db.selectFrom('policy_reviews').select('outcome').orderBy('review').execute();
  const { faulty } = await verifyChains(db, team.id);
  await close();
  await known.stop();
  await database.drop();
  return {
    states: rows.map(({ state }) => state as ExceptionRequest),
    reviews: reviews.map(({ outcome }) => outcome),
    ...{ faulty, saved },
  };
}

describe.each([
  ['early on a Monday', '2026-11-16T00:20:00.000Z'],
  ['on a Saturday', '2026-11-21T12:00:00.000Z'],
])('first started %s', (_day, until) => {
  let past: Past;
  beforeAll(async () => {
    past = await pastUntil(until);
  }, 60_000);

  it('holds every situation in which a request can stand', () => {
    const found = new Set(past.states.map(situationOf));
    expect(SITUATIONS.filter((situation) => !found.has(situation))).toEqual([]);
  });

  it('holds together, and nothing in it lies ahead', () => {
    expect(past.faulty).toBe(0);
    expect(past.states.filter(({ submittedAt }) => submittedAt > until)).toEqual([]);
    const newest = Math.max(...past.saved.messages.map(({ ts }) => Number(ts)));
    expect(newest).toBeLessThanOrEqual(Date.parse(until) / 1000 + 1);
  });

  it('leaves operations a morning’s work, not a month’s', () => {
    const waiting = past.states.filter((state) =>
      ['to_carry_out', 'not_carried_out', 'to_close', 'conditions_open'].includes(situationOf(state)),
    );
    expect(waiting.length).toBeLessThan(8);
  });

  it('numbers requests in the order in which they were asked for', () => {
    const inOrder = past.states.toSorted((a, b) => a.number - b.number).map(({ submittedAt }) => submittedAt);
    expect(inOrder).toEqual(inOrder.toSorted());
  });

  it('shows what goes wrong, and how it was put right', () => {
    const outcomes = past.states.flatMap(({ holds }) =>
      holds.map(({ kind, released }) => `${kind} ${released?.outcome}`),
    );
    expect(new Set(outcomes)).toEqual(
      new Set([
        ...['data_unavailable undefined', 'data_unavailable alternate_documents', 'data_unavailable waived'],
        ...['data_conflict undefined', 'data_conflict resolved'],
        ...['regulatory undefined', 'regulatory proceed_with_conditions', 'regulatory must_not'],
      ]),
    );
    for (const holdsFor of [
      ({ confidential }: ExceptionRequest) => confidential,
      ({ expedited }: ExceptionRequest) => expedited !== null,
      ({ tierPicked }: ExceptionRequest) => tierPicked !== null,
      ({ askedBefore }: ExceptionRequest) => askedBefore !== null,
      ({ exposure }: ExceptionRequest) => exposure !== null,
      ({ owner, requester }: ExceptionRequest) => owner !== requester,
      ({ remarks }: ExceptionRequest) => remarks.length > 0,
      (state: ExceptionRequest) => state.status === 'approved' && state.check !== null,
      ({ escalations }: ExceptionRequest) =>
        escalations.some(({ kind, acknowledged }) => kind === 'complaint' && acknowledged),
    ])
      expect(past.states.filter(holdsFor), String(holdsFor)).not.toEqual([]);
    // Both were begun at the same moment.
    expect(new Set(past.reviews)).toEqual(new Set(['clarified', null]));
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPolicies } from '../../src/store/policies.ts';
import { publishPolicy } from '../../src/store/publish.ts';
import { hour, idOf } from '../support/cast.ts';
import { POLICY_TEXT, policyWith } from '../support/policy.ts';
import { TEAM } from '../support/replica.ts';
import { createWorld, type World } from '../support/world.ts';

/** Published by the world when it was created. */
const FIRST = POLICY_TEXT;
const SECOND = policyWith('authority: 10000 ', 'authority: 500 ');
const at = hour(0);

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const publish = (document: string, teamId = TEAM) => publishPolicy(world.store, teamId, document, at);

describe('a policy file', () => {
  it('that is the newest is current, however often it is brought', async () => {
    expect(await publish(FIRST)).toEqual({ version: 1, standing: 'current' });
    expect(await publish(FIRST)).toEqual({ version: 1, standing: 'current' });
  });

  it('that is unknown becomes the next version, on the record', async () => {
    expect(await publish(SECOND)).toEqual({ version: 2, standing: 'new' });
    const events = await world.store.db
      .selectFrom('events')
      .select(['seq', 'type', 'data', 'actor'])
      .where('team_id', '=', TEAM)
      .where('stream', '=', 'policy')
      .orderBy('seq')
      .execute();
    expect(events).toEqual([
      { seq: 1, type: 'policy_published', data: { version: 1, sha256: expect.any(String) }, actor: 'system' },
      { seq: 2, type: 'policy_published', data: { version: 2, sha256: expect.any(String) }, actor: 'system' },
    ]);
  });

  it('that was replaced is older: the replica that brings it is told which version it has, and nothing changes', async () => {
    expect(await publish(FIRST)).toEqual({ version: 1, standing: 'older' });
    expect((await createPolicies(world.store.db, TEAM).current()).version).toBe(2);
  });

  it('that is no policy is refused before anything is written', async () => {
    await expect(publish('rules: {}')).rejects.toThrow();
    await expect(publish(policyWith('from: 50', 'form: 50'))).rejects.toThrow('form');
    expect((await createPolicies(world.store.db, TEAM).current()).version).toBe(2);
  });

  it('counts its versions in each workspace', async () => {
    expect(await publish(SECOND, 'T0OTHER')).toEqual({ version: 1, standing: 'new' });
  });

  it('brought by several replicas at once is published once', async () => {
    const third = policyWith('authority: 10000 ', 'authority: 700 ');
    const replicas = [world, world.replica(), world.replica(), world.replica()];
    const published = await Promise.all(replicas.map(({ store }) => publishPolicy(store, TEAM, third, at)));
    expect(published.map(({ version }) => version)).toEqual([3, 3, 3, 3]);
    expect(published.map(({ standing }) => standing).sort()).toEqual(['current', 'current', 'current', 'new']);
  });

  it('brought at once with another one: both are published, one after the other', async () => {
    const files = [800, 900].map((limit) => policyWith('authority: 10000 ', `authority: ${limit} `));
    const published = await Promise.all(
      files.map((file, index) => publishPolicy((index ? world : world.replica()).store, TEAM, file, at)),
    );
    expect(published.map(({ version }) => version).sort()).toEqual([4, 5]);
  });

  it('is required: a workspace without one says so', () =>
    expect(createPolicies(world.store.db, 'T0NONE').current()).rejects.toThrow('no policy was published'));
});

describe('the rules of a request', () => {
  it('are those it was made under; a new request is made under the new ones, without a restart', async () => {
    const replica = world.replica();
    const old = await replica.submit('ada', { value: '600' });
    expect(await replica.read(old)).toMatchObject({ tier: 'team_lead', policyVersion: 5 });
    const strict = policyWith('authority: 10000 ', 'authority: 100 ', policyWith('sla: 24h', 'sla: 12h'));
    await publish(strict);
    const young = await replica.submit('ada', { value: '600' });
    expect(await replica.read(young)).toMatchObject({ tier: 'manager', policyVersion: 6 });
    await replica.decide('approve', 'olga', old);
    expect((await replica.read(old)).approvals[0]?.authority.tierLimit).toMatch(/^(800|900)$/);
    expect(await replica.decide('approve', 'lee', old)).toMatchObject({ repeated: false });
  });

  it('but who fills a role is always as the newest says', async () => {
    const number = await world.submit('ada', { value: '1' });
    await publish(policyWith('operations: "@operations"', 'operations: [U0ZOE]'));
    expect(await world.decide('approve', 'olga', number)).toMatchObject({ why: 'not_in_role', role: 'operations' });
    expect(await world.decide('approve', 'zoe', number)).toMatchObject({ version: 2 });
    expect((await world.read(number)).approvals[0]).toMatchObject({
      by: idOf('zoe'),
      authority: { source: 'policy', group: 'policy' },
    });
  });
});

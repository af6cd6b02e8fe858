import { afterAll, beforeAll, expect, it } from 'vitest';
import { findingsOf } from '../../src/slack/findings.ts';
import { type Channel, saveChannels } from '../../src/store/channels.ts';
import { POLICY_TEXT, PROCEDURE_TEXT, policyWith, readPolicy } from '../support/policy.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const channel = (name: string, over: Partial<Channel> = {}): Channel => ({
  ...{ id: `C0${name}`, name, archived: false, member: true, shared: false, private: true, readers: 5 },
  ...over,
});
const CHANNELS = ['exceptions-team-lead', 'exceptions-manager', 'exceptions-executive', 'exceptions-audit'];

/** What is found where the channels are as they should be but for these. */
async function found(over: Record<string, Partial<Channel>> = {}, policy = PROCEDURE_TEXT): Promise<string> {
  const channels = CHANNELS.map((name) => channel(name, over[name]));
  await saveChannels(world.store.db, world.teamId, channels);
  const findings = await findingsOf(world.store.db, world.teamId, readPolicy(policy), [], '2026-11-23T09:00:00.000Z');
  return findings.map(({ text }) => text).join('\n');
}

it('a channel that other companies read is reported', async () => {
  expect(await found({ 'exceptions-manager': { shared: true } })).toContain(
    '#exceptions-manager is shared with another organization, so outsiders read what is posted there',
  );
  expect(await found()).not.toContain('shared');
});

it('channels that everybody can read are reported once, where the policy knows confidential cases', async () => {
  const open = { 'exceptions-manager': { private: false }, 'exceptions-executive': { private: false } };
  const text = await found(open);
  expect(text).toContain('Everybody in the company can read #exceptions-manager and #exceptions-executive');
  expect(text).toContain('requests in the category Health are confidential');
  expect(text).toContain('Make the channels private in Slack');
  expect(await found(open, POLICY_TEXT)).not.toContain('Everybody in the company');
  // The report holds nothing of what a confidential request says.
  expect(await found({ 'exceptions-audit': { private: false } })).not.toContain('Everybody in the company');
});

it('a group that owns a kind of case and has nobody in it is reported', async () => {
  const owned = policyWith(
    'wiring:\n',
    'wiring:\n  policy_owners: "@policy-board"\n  ownership:\n    - { category: claim, group: "@claims" }\n',
    PROCEDURE_TEXT,
  );
  const text = await found({}, owned);
  expect(text).toContain(
    '@claims does not exist in Slack, or nobody in it can act: correct wiring.ownership.0.group in the policy',
  );
  expect(text).toContain('@policy-board does not exist in Slack');
});

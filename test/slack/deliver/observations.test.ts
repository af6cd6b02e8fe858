import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { toWords } from '../../../src/app/content.ts';
import { contentHash } from '../../../src/app/handle.ts';
import { readRequest } from '../../../src/store/requests.ts';
import { form } from '../../support/given.ts';
import { createOffice, type Office, WHO } from './office.ts';

const WEEK = { kind: 'observations', week: '2026-W47' } as const;
const at = (hour: number) => new Date(Date.UTC(2026, 10, 18, hour)).toISOString();

let office: Office;
beforeEach(async () => {
  office = await createOffice();
});
afterEach(() => office.close());

/** Asked in the week, just under the manager's limit. */
async function ask(deviation = '19.5'): Promise<number> {
  const asked = form({ rule: 'discount', category: 'customer-retention', deviation });
  return (await office.order(WHO.nina, { type: 'submit', form: asked }, null, at(8))).number;
}
async function confirm(number: number, readMs: number): Promise<void> {
  const state = (await readRequest(office.db, office.policies, office.teamId, number))?.state;
  if (state?.status !== 'in_review') throw new Error(`EX-${number} is not in review`);
  const seen = { round: state.round, stage: state.stage, contentHash: contentHash(state) };
  const decision = { seen, rationale: toWords('Seen.'), readMs };
  await office.order(WHO.olga, { type: 'approve', ...decision, checks: [], conditions: [] }, number, at(9));
}
const told = () => office.toPerson('cara').map((message) => office.read(message));

describe('what deserves a look in a week', () => {
  it('goes to compliance once, with the names and the requests behind it, and to nobody else', async () => {
    for (let i = 0; i < 10; i++) await confirm(await ask(), 3000);
    await office.owed();
    await office.deliver(WEEK);
    await office.deliver(WEEK);
    expect(told()).toHaveLength(1);
    expect(told()[0]).toContain('Worth a look, 16–22 Nov 2026');
    expect(told()[0]).toContain('10 of 10 requests around the 20 % limit lie just under it, from 18 % on.');
    expect(told()[0]).toMatch(/Olga sent 10 of 10 approvals within 10 seconds/);
    expect(told()[0]).toContain('EX-1, EX-2, EX-3');
    const others = (['nina', 'olga', 'lena', 'evan'] as const).flatMap((who) => office.toPerson(who));
    expect(others.filter((message) => office.read(message).includes('Worth a look'))).toEqual([]);
  });

  it('is told to nobody where nothing does: nine cases are too few to ask about anybody', async () => {
    for (let i = 0; i < 9; i++) await confirm(await ask(), 3000);
    await office.owed();
    await office.deliver(WEEK);
    expect(told()).toEqual([]);
  });

  it('waits for a clock that says that the week is over', async () => {
    const early = office.deliver({ kind: 'observations', week: '2026-W48' });
    await expect(early).rejects.toMatchObject({ name: 'Later' });
  });
});

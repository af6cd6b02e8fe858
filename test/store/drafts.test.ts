import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { emptyForm } from '../../src/slack/views/requestForm.ts';
import { dropDraft, keepDraft, readDraft } from '../../src/store/drafts.ts';
import { RULES } from '../support/policy.ts';
import { createTestStore, type TestStore } from '../support/store.ts';

let store: TestStore;
beforeAll(async () => {
  store = await createTestStore();
});
afterAll(() => store.close());
beforeEach(async () => void (await store.pool.query('truncate drafts, inbox')));

const NOW = '2026-11-23T09:00:00.000Z';
const keep = (customer: string, stamp: string, { person = 'U0ADA', view = 'V1', team = 'T1', now = NOW } = {}) => {
  const typed = { ...emptyForm(RULES), customer };
  const draft = { typed, origin: 'slash_command', again: null, view, stamp };
  return keepDraft(store.db, team, person, draft, { now, sentKey: `view/${person}/${view}` });
};
const kept = async (person = 'U0ADA', now = NOW, team = 'T1') =>
  (await readDraft(store.db, team, person, now))?.typed.customer ?? null;

it('what is told late does not undo what was typed after it', async () => {
  await keep('Nordl', '1596530385.000003');
  await keep('Nord', '1596530385.000002');
  expect(await kept()).toBe('Nordl');
  await keep('Nordlicht', '1596530386.000001');
  expect(await kept()).toBe('Nordlicht');
});

it('keystrokes told all at once leave the last one', async () => {
  const stamps = Array.from({ length: 20 }, (_, i) => `1596530385.0000${String(i + 10)}`);
  await Promise.all(stamps.map((stamp, i) => keep(`x${i}`, stamp)));
  expect(await kept()).toBe('x19');
});

it('a keystroke told after its form was sent brings nothing back', async () => {
  await keep('Nordlicht', '1596530385.000001');
  await store.pool.query(`insert into inbox (team_id, key) values ('T1', 'view/U0ADA/V1')`);
  await dropDraft(store.db, 'T1', 'U0ADA');
  await keep('Nordlicht!', '1596530385.000002');
  expect(await kept()).toBeNull();
  await keep('Another', '1596530385.000003', { view: 'V2' });
  expect(await kept()).toBe('Another');
});

it('is one for each person and workspace', async () => {
  await keep('of Ada', '1', {});
  await keep('of Ben', '1', { person: 'U0BEN' });
  await keep('of Ada elsewhere', '1', { team: 'T2' });
  await dropDraft(store.db, 'T1', 'U0BEN');
  expect([await kept(), await kept('U0BEN'), await kept('U0ADA', NOW, 'T2')]).toEqual([
    ...['of Ada', null, 'of Ada elsewhere'],
  ]);
});

it('is there for 14 days, to the second', async () => {
  await keep('Nordlicht', '1');
  expect(await kept('U0ADA', '2026-12-07T08:59:59.999Z')).toBe('Nordlicht');
  expect(await kept('U0ADA', '2026-12-07T09:00:00.000Z')).toBeNull();
});

it('keeps what can be kept of what Postgres cannot hold', async () => {
  await keep('a\0b\ud83d', '1');
  expect(await kept()).toBe('ab\ufffd');
});

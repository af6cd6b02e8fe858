import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  ask,
  current,
  decide,
  fillForm,
  numberOn,
  type Office,
  openOffice,
  reads,
  toldPrivately,
} from '../support/office.ts';
import { waitFor } from '../support/wait.ts';

let office: Office;
let admin: pg.Client;
beforeAll(async () => {
  office = await openOffice();
  admin = new pg.Client({ connectionString: office.database.url });
  await admin.connect();
});
afterAll(async () => {
  await admin.end();
  await office.close();
});
beforeEach(() => office.sandbox.faults.clear());

const errors = () => office.logged().filter(({ level }) => level === 'error');
const count = async (table: string): Promise<number> =>
  Number((await admin.query(`select count(*) from ${table}`)).rows[0].count);
/** One after the other: there is one connection. */
async function countAll(tables: string[]): Promise<number[]> {
  const counts: number[] = [];
  for (const table of tables) counts.push(await count(table));
  return counts;
}

describe('modals', () => {
  it('fault 29: whose three seconds are over ask for another press, and that press works', async () => {
    const card = await ask(office, office.as('nina'));
    office.sandbox.faults.add({ method: 'views.open', kind: 'error', error: 'expired_trigger_id', times: 1 });
    await office.as('olga').click('Approve', { in: current(office, card) });
    await toldPrivately(office.as('olga'), /press the button again/);
    expect(await decide(office, office.as('olga'), 'Approve', card)).toMatchObject({ closed: true });
  });

  it('fault 31: that were closed while they were being updated are nobody’s error', async () => {
    const before = errors().length;
    const form = await fillForm(office.as('nina'));
    office.sandbox.faults.add({ method: 'views.update', kind: 'error', error: 'not_found', times: 2 });
    await form.choose('Policy', 'Refund window');
    await form.close();
    await office.sandbox.idle();
    expect(errors().slice(before)).toEqual([]);
    office.sandbox.faults.clear();
    await ask(office, office.as('nina'));
  });
});

describe('a request', () => {
  it('fault 30: is there whole or not at all; what was typed is kept and can be sent again', async () => {
    const tables = ['requests', 'events', 'contents', 'outbox', 'decision_people', "inbox where key like 'view/%'"];
    const form = await fillForm(office.as('elif'), { Customer: 'Halb & Halb' });
    await waitFor(async () => (await count('outbox')) === 0, { what: 'the outbox to be empty' });
    await admin.query(`
      create function out_of_order() returns trigger language plpgsql as $$ begin raise exception 'out of order'; end $$;
      create trigger out_of_order before insert on outbox for each statement execute function out_of_order()`);
    const before = await countAll(tables);
    const failed = await form.submit();
    const after = await countAll(tables);
    await admin.query('drop trigger out_of_order on outbox');
    expect(failed).toMatchObject({ errors: { Rationale: expect.stringContaining('Nothing you typed is lost') } });
    expect(after).toEqual(before);
    expect(await form.submit()).toMatchObject({ closed: true });
    await toldPrivately(office.as('elif'), 'Halb & Halb');
  });

  it('fault 20: is not opened by a guessed value on a button', async () => {
    const card = await ask(office, office.as('nina'));
    const guessed = JSON.stringify({ v: 1, n: Number(numberOn(office, card).slice(3)), r: 1, s: 'validation' });
    const payload = {
      type: 'block_actions',
      user: { id: 'U0TOM', username: 'tom', name: 'tom', team_id: 'T0HARBOUR1' },
      team: { id: 'T0HARBOUR1', domain: 'harbour' },
      api_app_id: 'A0CARVEOUT',
      container: { type: 'message', message_ts: card.ts, channel_id: 'C0GENERAL', is_ephemeral: false },
      channel: { id: 'C0GENERAL', name: 'general' },
      trigger_id: '1.2.3',
      actions: [{ action_id: 'details', block_id: 'b', type: 'button', value: guessed, action_ts: '1.000001' }],
    };
    const body = `payload=${encodeURIComponent(JSON.stringify(payload))}`;
    expect((await office.sandbox.deliverRaw({ body, sign: {} })).status).toBe(200);
    await toldPrivately(office.as('tom'), /There is no EX-\d+ that you can see/);
  });
});

describe('the database', () => {
  it('fault 47: takes every connection away, and nothing was hanging on one: clicks and deadlines go on', async () => {
    const card = await ask(office, office.as('nina'));
    const number = numberOn(office, card);
    await admin.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
    await waitFor(
      async () => {
        await office.as('olga').modal()?.close({ everything: true });
        await office.as('olga').click('Approve', { in: current(office, card) });
        return office.as('olga').modal()?.title === 'Confirm details';
      },
      { what: 'the button to work again', timeoutMs: 10_000 },
    );
    await office.as('olga').modal()?.close();
    expect(await decide(office, office.as('olga'), 'Approve', card)).toMatchObject({ closed: true });
    await reads(office, card, 'confirmed by Olga');
    await office.pass(46.5);
    await office.pass(0.1);
    await toldPrivately(office.as('bea'), `High: ${number} must be decided by`);
    const told = office
      .as('bea')
      .dms()
      .filter((message) => office.as('bea').read(message).includes(`High: ${number} `));
    expect(told).toHaveLength(1);
  });
});

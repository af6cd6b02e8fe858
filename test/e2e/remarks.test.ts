import { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Message } from '../../src/sandbox/index.ts';
import { ask, current, decide, numberOn, type Office, openOffice, reads, toldPrivately } from '../support/office.ts';
import { waitFor } from '../support/wait.ts';

let office: Office;
let pool: Pool;
beforeAll(async () => {
  office = await openOffice();
  pool = new Pool({ connectionString: office.database.url });
});
afterAll(async () => {
  await pool.end();
  await office.close();
});

/** Everything that stands in the record of the card's request, the words read with it. */
async function record(card: Message): Promise<string> {
  const number = Number(numberOn(office, card).slice(3));
  const { rows } = await pool.query(
    `select e.seq, e.type, e.data, e.actor,
       (select json_agg(c.bytes) from contents c where position(c.id in e.data::text) > 0) as words
     from events e where stream = $1 order by seq`,
    [`request/${number}`],
  );
  return rows.map((row) => JSON.stringify(row)).join('\n');
}
const recorded = (card: Message, text: string | RegExp) =>
  waitFor(
    async () => {
      const all = await record(card);
      return typeof text === 'string' ? all.includes(text) : text.test(all);
    },
    { what: `the record to have ${text}` },
  );

describe('a reply in the card’s thread', () => {
  it('becomes part of the record with who wrote it, as it reads; said to the channel too, once', async () => {
    const card = await ask(office, office.as('nina'));
    expect(office.sandbox.read(card)).toContain('Replies become part of the record. Only the buttons decide.');
    office.as('nina').reply('the contract says 14 days, @olga: a < b', { to: card, broadcast: true });
    await recorded(card, /remark_made.*U0NINA.*the contract says 14 days, @Olga: a < b/);
    await office.sandbox.idle();
    expect((await record(card)).match(/remark_made/g)).toHaveLength(1);
    await reads(office, card, '1 remark in the thread');
  });

  it('is read with the request by whoever decides', async () => {
    const card = await ask(office, office.as('nina'));
    office.as('nina').reply('They have been with us since 1998', { to: card });
    await recorded(card, 'since 1998');
    await office.as('olga').click('Details', { in: current(office, card) });
    const modal = await office.as('olga').waitForModal();
    expect(modal.text()).toContain('They have been with us since 1998');
    await modal.close();
  });

  it('is not lost where Slack is slow to say that the card stands', async () => {
    const when = ({ channel, thread_ts }: { [key: string]: unknown }) => channel === 'C0MANAGE' && !thread_ts;
    office.sandbox.faults.add({ method: 'chat.postMessage', kind: 'slow', ms: 1000, times: 1, when });
    const card = await ask(office, office.as('nina'));
    office.as('nina').reply('As quick as I can type', { to: card });
    await recorded(card, /remark_made.*As quick as I can type/);
  });

  it('is recorded as changed when it is edited, and loses its words when it is deleted', async () => {
    const card = await ask(office, office.as('nina'));
    const reply = office.as('nina').reply('Their number is 0171 555', { to: card });
    await recorded(card, 'Their number is 0171 555');
    office.as('nina').edit(reply, 'Their number is 0171 556');
    await recorded(card, /remark_edited.*0171 556/);
    office.as('nina').delete(reply);
    await recorded(card, /remark_deleted/);
    expect(await record(card)).not.toMatch(/0171 55/);
  });

  it('of somebody from another company is recorded too, and shown as one from outside', async () => {
    office.sandbox.admin.addToChannel('exceptions-manager', 'U0SVEN');
    const card = await ask(office, office.as('nina'));
    office.as('sven').reply('We can live with that', { to: card });
    await recorded(card, /remark_made.*U0SVEN.*We can live with that/);
    const met = async () => (await pool.query(`select 1 from people where id = 'U0SVEN'`)).rows.length === 1;
    await waitFor(met, { what: 'Slack to be asked who that is' });
    const olga = office.as('olga');
    await olga.click('Details', { in: current(office, card) });
    const modal = await olga.waitForModal();
    expect(modal.text()).toMatch(/Sven \(another company\), .*\s+We can live with that/);
    await modal.close({ everything: true });
  });

  it('still belongs to the request where its card has moved to another channel', async () => {
    const card = await ask(office, office.as('nina'));
    const nina = office.as('nina');
    nina.openHome();
    const number = numberOn(office, card);
    await nina.waitForHome((home) => home.row(number) !== undefined);
    await nina.click('Change', { in: 'home', row: number });
    const form = await nina.waitForModal((modal) => modal.title === 'Change request');
    await form.fill('Deviation from policy (%)', '60');
    expect(await form.submit()).toMatchObject({ closed: true });
    await reads(office, card, `${number} has moved to another channel`);
    nina.reply('said under the old card', { to: current(office, card) });
    await recorded(card, /remark_made.*said under the old card/);
  });

  it('is none of the bot’s own stories, and nothing that is said elsewhere', async () => {
    const card = await ask(office, office.as('nina'));
    await decide(office, office.as('olga'), 'Approve', card);
    await reads(office, card, 'confirmed by Olga');
    office.as('nina').say('exceptions-manager', 'by the way, lunch?');
    const elsewhere = office.as('nina').say('exceptions-manager', 'a thread of our own');
    office.as('mara').reply('nothing to do with it', { to: elsewhere });
    await office.sandbox.idle();
    expect(await record(card)).not.toContain('remark_made');
  });
});

describe('a typed "approved"', () => {
  it('decides nothing, and whoever wrote it is told so with the way to the button', async () => {
    const card = await ask(office, office.as('nina'));
    const olga = office.as('olga');
    olga.reply('Approved.', { to: card });
    await recorded(card, /remark_made.*Approved/);
    const told = await waitFor(
      () => olga.ephemerals().findLast((message) => olga.read(message).includes('it decides nothing')),
      { what: 'Olga to be told' },
    );
    expect(told.thread_ts).toBe(card.ts);
    expect(olga.read(told)).toContain(numberOn(office, card));
    expect(office.sandbox.read(current(office, card))).toContain('Waiting for operations');
    await olga.click('Open', { in: told });
    const modal = await olga.waitForModal((open) => open.title.startsWith('EX-'));
    expect(olga.buttons(modal)).toContain('Approve');
    await modal.close();
  });

  it('as an answer to nobody’s question is no trouble to whoever writes anything else', async () => {
    const card = await ask(office, office.as('nina'));
    const nina = office.as('nina');
    const before = nina.ephemerals().length;
    nina.reply('Legal approved something like it last year', { to: card });
    await recorded(card, 'Legal approved');
    await office.sandbox.idle();
    expect(nina.ephemerals()).toHaveLength(before);
  });
});

describe('once the record is closed', () => {
  it('a reply is no part of it, and its writer is told', async () => {
    const card = await ask(office, office.as('nina'));
    await decide(office, office.as('olga'), 'Reject', card, 'Not this time.');
    await reads(office, card, 'Rejected');
    office.as('nina').reply('That is a pity', { to: card });
    await toldPrivately(office.as('nina'), /was rejected, so what you write here is no part of its record any more/);
    expect(await record(card)).not.toContain('That is a pity');
  });
});

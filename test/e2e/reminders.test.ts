/** Reminders and what is told after a downtime, as people in the local Slack meet them. */
import { readFile } from 'node:fs/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { Message, Person } from '../../src/sandbox/index.ts';
import { withClient } from '../support/database-url.ts';
import {
  type Asked,
  ask,
  current,
  decide,
  fillForm,
  numberOn,
  type Office,
  type OfficeOptions,
  openOffice,
  reads,
  toldPrivately,
} from '../support/office.ts';
import { waitFor } from '../support/wait.ts';

let office: Office;
afterEach(() => office.close());

/** The default policy, but requests of the managers' tier have so much time. */
async function open(at: string, sla = '48h', more: Partial<OfficeOptions> = {}): Promise<void> {
  const policy = (await readFile('policy.yaml', 'utf8')).replace('sla: 48h', `sla: ${sla}`);
  office = await openOffice({ at, policy, ...more });
}
const asked = async (over: Asked = {}): Promise<string> => numberOn(office, await ask(office, office.as('nina'), over));

const WAITS = /waits? for you\.|While Carveout was away/;
const isReminder = (text: string): boolean => WAITS.test(text);
/** The reminders a person got, the oldest first, as they read them. */
const pingsTo = (person: Person): { message: Message; text: string }[] =>
  person
    .dms()
    .map((message) => ({ message, text: person.read(message).replaceAll(/\s+/g, ' ') }))
    .filter(({ text }) => isReminder(text));

/** Lets business minutes pass, one at a time, until the person has so many reminders. @returns the last */
async function pinged(person: Person, count: number) {
  await waitFor(
    async () => {
      await office.pass(1 / 60);
      return pingsTo(person).length >= count;
    },
    { what: `${person.user.real_name} to have ${count} reminders`, timeoutMs: 20_000 },
  );
  const all = pingsTo(person);
  expect(all).toHaveLength(count);
  const last = all.at(-1);
  if (!last) throw new Error('there is none');
  return last;
}

/** Lets time pass and everything that is owed happen, and some minutes more. */
async function passes(hours: number): Promise<void> {
  await office.pass(hours);
  await settled();
  for (let minute = 0; minute < 3; minute++) {
    await office.pass(1 / 60);
    await settled();
  }
}
const query = (text: string) => withClient(office.database.url, (client) => client.query(text));
const settled = async () => {
  await waitFor(
    async () => {
      const { rows } = await query(`select
        (select count(*) from outbox) + (select count(*) from pgboss.job where state in ('created', 'retry', 'active')
          and name not like '\\_\\_%') as left`);
      return Number(rows[0]?.left) === 0;
    },
    { what: 'everything to be delivered', timeoutMs: 20_000 },
  );
  await office.sandbox.idle();
};

describe('reminders', () => {
  it('come to those whose turn it is at half and at three quarters of the time, with Open, and to nobody else', async () => {
    // Half of it has passed on Wednesday at 14:05, three quarters in the night after.
    await open('2026-11-24T08:05:00.000Z', '60h');
    const number = await asked({ Customer: 'Habicht' });
    await passes(29.5);
    const olga = office.as('olga');
    expect(pingsTo(olga)).toEqual([]);
    await office.pass(0.5);
    const { text, message } = await pinged(olga, 1);
    expect(text).toContain(`A request waits for you. ${number} Habicht, Data retention: due`);
    expect(text).toContain('half of the time has passed');
    expect(text).toContain('How often you are reminded is set at the bottom of the Home tab');
    expect(olga.buttons(message)).toEqual(['Open', 'Snooze until tomorrow']);
    await olga.click('Open', { in: message });
    await (await olga.waitForModal((modal) => modal.text().includes('Habicht'))).close();
    await passes(16);
    expect(pingsTo(olga)).toHaveLength(1);
    await office.pass(2);
    expect((await pinged(olga, 2)).text).toContain('three quarters of the time have passed');
    for (const who of ['nina', 'mara', 'lena', 'cara']) expect(pingsTo(office.as(who))).toEqual([]);
  });

  it('come to whoever decides for somebody who is away, and not to them', async () => {
    await open('2026-11-24T08:05:00.000Z', '8h');
    await query(`insert into absences (team_id, person, absence, "from", until, delegate, set_by, set_at)
      values ('T0HARBOUR1', 'U0OLGA', 1, '2026-11-24', '2026-11-27', 'U0ELIF', 'U0OLGA', '2026-11-24')`);
    const number = await asked();
    await office.pass(4);
    expect((await pinged(office.as('elif'), 1)).text).toContain(`${number} `);
    await pinged(office.as('omar'), 1);
    expect(pingsTo(office.as('olga'))).toEqual([]);
  });

  it('are one message of several that are due at once, and leave out what was decided meanwhile', async () => {
    await open('2026-11-24T08:05:00.000Z', '8h');
    const card = await ask(office, office.as('nina'), { Customer: 'Amsel' });
    const [first, second, third] = [numberOn(office, card), await asked(), await asked()];
    await passes(3.95);
    await decide(office, office.as('olga'), 'Reject', card, 'Not this one.');
    await reads(office, card, 'Rejected');
    await office.pass(0.2);
    const { text } = await pinged(office.as('omar'), 1);
    expect(text).toContain('2 requests wait for you.');
    expect(text).toContain(second);
    expect(text).toContain(third);
    expect(text).not.toContain(first);
  });

  it('come at most once in four hours', async () => {
    await open('2026-11-24T08:05:00.000Z', '6h');
    await asked();
    await office.pass(3);
    const omar = office.as('omar');
    await pinged(omar, 1);
    // Three quarters after 4.5 hours: an hour and a half later, which is too soon.
    await passes(1.5);
    expect(pingsTo(omar)).toHaveLength(1);
    expect(pingsTo(office.as('olga'))).toHaveLength(1);
  });

  it('wait for the morning of whoever gets them, and an urgent one wakes them', async () => {
    await open('2026-11-24T16:00:00.000Z', '8h');
    await asked();
    await passes(4.1);
    for (const who of ['olga', 'omar', 'bea']) expect(pingsTo(office.as(who))).toEqual([]);
    const urgent = await askUrgent(office);
    await passes(4.1);
    const olga = office.as('olga');
    const { text } = await pinged(olga, 1);
    expect(text).toMatch(new RegExp(`A request waits for you. ${urgent} .*: urgent, due`));
  });

  it('come as somebody wants them: that is said in Home, and muting spares nobody what is urgent', async () => {
    await open('2026-11-24T08:05:00.000Z', '6h');
    const olga = office.as('olga');
    olga.openHome();
    const home = await olga.waitForHome((shown) => shown.text().includes('Reminders'), { timeout: 10_000 });
    expect(home.text()).toContain('Urgent ones cannot be muted');
    await home.choose('Reminders', 'Urgent only');
    await olga.waitForHome((shown) => shown.text().includes('Urgent only'));
    await asked();
    const urgent = await askUrgent(office);
    await office.pass(3);
    expect((await pinged(olga, 1)).text).toContain(`A request waits for you. ${urgent} `);
    expect((await pinged(office.as('omar'), 1)).text).toContain('2 requests wait for you.');
  });

  it('can be put off until tomorrow, and come back then, once, with what fell due meanwhile', async () => {
    // Half of it has passed on Thursday at 00:05, three quarters at 20:05.
    await open('2026-11-24T08:05:00.000Z', '80h');
    const number = await asked();
    await office.pass(48);
    const olga = office.as('olga');
    const { message } = await pinged(olga, 1);
    await olga.click('Snooze until tomorrow', { in: message });
    await toldPrivately(olga, new RegExp(`You hear of ${number} again at Fri 27 Nov, 09:00`));
    await passes(6);
    expect(pingsTo(olga)).toHaveLength(1);
    await passes(6.1);
    await office.pass(12);
    const again = await pinged(olga, 2);
    expect(again.text.match(new RegExp(number, 'g'))).toHaveLength(1);
    await passes(4.5);
    expect(pingsTo(olga)).toHaveLength(2);
    expect(pingsTo(office.as('omar'))).toHaveLength(2);
  });
});

describe('after a downtime', () => {
  const away = async (hours: number, meanwhile = async (): Promise<unknown> => undefined) => {
    await office.bot.stop();
    await office.pass(hours).catch(() => undefined);
    await meanwhile();
    await office.restart();
  };

  it('of a weekend, each person gets one message of what is still theirs, in their morning', async () => {
    // Asked on Wednesday at 09:00; three quarters of the time have passed on Sunday at 10:30.
    await open('2026-11-25T09:00:00.000Z', '130h');
    const numbers = [await asked(), await asked(), await asked()];
    await away(24 * 5 - 1.5); // Monday, 07:30
    await passes(0);
    for (const who of ['olga', 'omar', 'bea']) expect(pingsTo(office.as(who))).toEqual([]);
    await office.pass(1.6);
    const { text } = await pinged(office.as('olga'), 1);
    for (const number of numbers) expect(text).toContain(number);
    await passes(1);
    expect(pingsTo(office.as('olga'))).toHaveLength(1);
    expect(pingsTo(office.as('omar'))).toHaveLength(1);
    const { rows } = await query('select due_at, told_at from pings order by person, request_number');
    for (const { due_at, told_at } of rows) expect(Date.parse(told_at)).toBeGreaterThan(Date.parse(due_at));
  });

  it('of a month, they are one message, too: ten lines, the rest counted', async () => {
    await open('2026-10-26T09:00:00.000Z', '1008h'); // six weeks
    const numbers: string[] = [];
    for (let n = 0; n < 12; n++) numbers.push(await asked());
    await away(24 * 30 + 1); // Wednesday, 25 November, 10:00
    const { text } = await pinged(office.as('olga'), 1);
    expect(text).toContain('While Carveout was away, this fell due and still waits for you:');
    expect(numbers.filter((number) => text.includes(`${number} `))).toHaveLength(10);
    expect(text).toContain('and 2 more.');
    expect(text).toContain('you were to hear of it on');
    await passes(1);
    for (const who of ['olga', 'omar', 'bea']) expect(pingsTo(office.as(who))).toHaveLength(1);
  });

  it('they come as soon as the last request was looked at, where that takes long', async () => {
    await open('2026-11-24T09:00:00.000Z', '48h', { level: 'debug' });
    const numbers: string[] = [];
    for (let n = 0; n < 4; n++) numbers.push(await asked());
    // The fifth is reminded of as well, but to those who authorize it.
    const last = await ask(office, office.as('nina'), { Customer: 'Zeisig' });
    await decide(office, office.as('omar'), 'Approve', last);
    await settled();
    await withClient(office.database.url, async (busy) => {
      await away(25, async () => {
        await busy.query('begin');
        await busy.query('select from requests where number = 5 for update');
      });
      await waitFor(async () => (await query(`select from pings where person = 'U0OLGA'`)).rowCount === 4, {
        what: 'four of five to be found',
      });
      const passing = office.pass(2 / 60);
      await waitFor(
        () => office.logged().some(({ msg }) => msg === 'people are told once all that fell due was found'),
        {
          what: 'somebody to have to wait',
        },
      );
      await busy.query('commit');
      await passing;
    });
    const olga = office.as('olga');
    // Within half a second, and no minute that passes is needed; cron's next one may be a minute away.
    const text = await toldPrivately(olga, WAITS);
    for (const number of numbers) expect(text).toContain(number);
    expect(pingsTo(olga)).toHaveLength(1);
  });

  it('escalations that are late come in one message where they are many', async () => {
    await open('2026-11-24T09:00:00.000Z', '12h');
    const numbers: string[] = [];
    for (let n = 0; n < 5; n++) numbers.push(await asked());
    await away(24);
    const evan = office.as('evan');
    const said = await toldPrivately(evan, 'While Carveout was away, 5 escalations fell due.');
    for (const number of numbers) expect(said).toContain(number);
    await settled();
    const about = evan.dms().filter((message) => numbers.some((number) => evan.read(message).includes(number)));
    expect(about).toHaveLength(1);
    const [message] = about;
    if (!message) throw new Error('there is none');
    expect(evan.buttons(message).slice(0, 2)).toEqual(['Acknowledge', 'Open']);
    await evan.click('Acknowledge', { in: message, row: numbers[0] ?? '' });
    await toldPrivately(evan, `You have taken charge of ${numbers[0]}`);
    await office.restart();
    await settled();
    expect(evan.dms().filter((one) => /escalations fell due|is overdue/.test(evan.read(one)))).toHaveLength(1);
  });
});

/** An urgent request; @returns its number */
async function askUrgent({ sandbox }: Office): Promise<string> {
  const nina = sandbox.as('nina');
  const form = await fillForm(nina, { Customer: 'Urgent & Sons' });
  await form.tick('It cannot wait its normal turn');
  await form.submit();
  const card = await sandbox.waitForMessage(
    (message) =>
      message.channel === 'C0MANAGE' && !message.thread_ts && sandbox.read(message).includes('Urgent & Sons'),
    { timeout: 10_000 },
  );
  return numberOn(office, current(office, card));
}

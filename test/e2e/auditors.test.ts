import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLogger } from '../../src/log.ts';
import type { Message, Person } from '../../src/sandbox/index.ts';
import { type Look, looksBetween } from '../../src/store/access.ts';
import { connect, type Store } from '../../src/store/connect.ts';
import { runCli } from '../support/cli.ts';
import { ask, fillForm, numberOn, type Office, openOffice, toldPrivately } from '../support/office.ts';
import { waitFor } from '../support/wait.ts';

let office: Office;
let store: Store;
let team: string;
/** Asked for by Nina; the second confidential. */
let card: Message;
let open: number;
let secret: number;

beforeAll(async () => {
  const policy = await readFile('policy.yaml', 'utf8');
  const wired = policy.replace(/^( *)#auditors: /m, '$1auditors: ');
  if (wired === policy) throw new Error('policy.yaml does not say how auditors are wired');
  office = await openOffice({ policy: wired });
  store = connect(office.database.url, createLogger({ level: 'silent' }), 2);
  team = (await store.db.selectFrom('workspaces').select('team_id').executeTakeFirstOrThrow()).team_id;
  card = await ask(office, office.as('nina'), { Customer: 'Kormoran', Rationale: 'A cormorant ate it.' });
  open = Number(numberOn(office, card).slice(3));
  const form = await fillForm(office.as('nina'), { Customer: 'Albatros', Rationale: 'An albatross is ill.' });
  await form.tick('Show what it says only to those who may read it');
  await form.submit();
  const told = await toldPrivately(office.as('nina'), /Your request EX-\d+ is on its way[\s\S]*Confidential/);
  secret = Number(/EX-(\d+)/.exec(told)?.[1]);
  // Also of operations, whose turn it is: that makes no difference.
  office.sandbox.admin.addToGroup('operations', 'U0PAULA');
  await office.sandbox.idle();
});
afterAll(async () => {
  await store.close();
  await office.close();
});

async function looks(): Promise<Look[]> {
  const all: Look[] = [];
  for await (const look of looksBetween(store.db, team, { from: null, to: null })) all.push(look);
  return all;
}
/** What came on the record of looks meanwhile. */
async function lookedAtBy(act: () => Promise<unknown>) {
  const before = (await looks()).length;
  await act();
  return (await looks()).slice(before).map(({ by, what, requests }) => ({ by, what, requests }));
}
async function answerTo(person: Person, text: string): Promise<string> {
  const before = person.ephemerals().length;
  await person.command('/exception', text);
  return waitFor(
    () => {
      const [answer] = person.ephemerals().slice(before);
      return answer && person.read(answer);
    },
    { what: `an answer to ${text}` },
  );
}

describe('an auditor', () => {
  it('reads any request by command, confidential or not, and each time stands on the record', async () => {
    const paula = office.as('paula');
    const seen = await lookedAtBy(async () => {
      expect(await answerTo(paula, `status EX-${secret}`)).toContain(`EX-${secret}`);
      expect(await answerTo(paula, 'find kormoran')).toContain(`EX-${open}`);
      expect(await answerTo(paula, 'list')).toContain(`EX-${secret}`);
      expect(await answerTo(paula, 'list rejected')).toContain('Rejected: none.');
    });
    expect(seen).toEqual([
      { by: 'U0PAULA', what: 'request', requests: [secret] },
      { by: 'U0PAULA', what: 'list', requests: [open] },
      { by: 'U0PAULA', what: 'list', requests: [secret, open] },
      { by: 'U0PAULA', what: 'list', requests: [] },
    ]);
  });

  it('opens a request from Home’s list without any button that acts, which is one look more', async () => {
    const paula = office.as('paula');
    paula.openHome();
    const home = await paula.waitForHome((each) => each.text().includes('You are an auditor'), { timeout: 10_000 });
    expect(home.text()).not.toContain('Waiting for you');
    const seen = await lookedAtBy(async () => {
      await home.choose('Show requests …', 'In review');
      const list = await paula.waitForModal(({ title }) => title === 'Requests', { timeout: 10_000 });
      expect(list.text()).toContain('That you looked at these is on the record.');
      await paula.click('Open', { in: 'modal', row: `EX-${secret}` });
      const details = await paula.waitForModal(({ title }) => title === `EX-${secret}`, { timeout: 10_000 });
      expect(details.text()).toContain('An albatross is ill.');
      expect(paula.buttons(details)).toEqual([]);
    });
    expect(seen).toEqual([
      { by: 'U0PAULA', what: 'list', requests: [secret, open] },
      { by: 'U0PAULA', what: 'request', requests: [secret] },
    ]);
  });

  it('is refused whatever they press or write about it, and hears why', async () => {
    const paula = office.as('paula');
    office.sandbox.admin.addToChannel(card.channel, 'U0PAULA');
    const refused = (text: string | RegExp) =>
      waitFor(() => paula.ephemerals().some((each) => new RegExp(text).test(paula.read(each))), { what: `${text}` });
    await paula.click('Approve', { in: card });
    await refused('You are one of @auditors, so nothing was recorded');
    paula.say(card.channel, 'I would not do that.', { thread: card.ts });
    await refused('no part of the record of EX-');
    const { events } = await store.db
      .selectFrom('events')
      .select((eb) => eb.fn.countAll<string>().as('events'))
      .where('actor', '=', 'U0PAULA')
      .where('stream', 'not like', 'access/%')
      .executeTakeFirstOrThrow();
    expect(Number(events)).toBe(0);
  });

  it('asks for exceptions like anybody, and is not asked to decide any in the groups that they are in', async () => {
    const [omar, paula] = [office.as('omar'), office.as('paula')];
    const number = numberOn(office, await ask(office, office.as('tom'), { Customer: 'Later' }));
    // Neither of them is in the channel, so whoever may decide has the card by direct message.
    await waitFor(() => omar.dms().some((each) => omar.read(each).includes(number)), { what: 'Omar to be asked' });
    const own = await ask(office, paula, { Customer: 'Own' });
    expect(office.sandbox.read(own)).toContain('Paula');
    await waitFor(() => omar.dms().some((each) => omar.read(each).includes(numberOn(office, own))), {
      what: 'Omar to be asked again',
    });
    const told = paula.dms().flatMap((each) => paula.read(each).match(/EX-\d+/g) ?? []);
    expect(new Set(told)).toEqual(new Set([numberOn(office, own)]));
  });

  it('gets the report of any period, of which it stands on the record before it comes', async () => {
    const paula = office.as('paula');
    const seen = await lookedAtBy(async () => {
      expect(await answerTo(paula, 'report 30d')).toContain('is being made');
    });
    expect(seen).toEqual([{ by: 'U0PAULA', what: 'report', requests: [] }]);
    await waitFor(() => paula.dms().some((each) => paula.read(each).includes('Chain')), {
      ...{ what: 'the report', timeoutMs: 30_000 },
    });
  });
});

describe('everybody else', () => {
  it('leaves no trace of what they read, which is theirs to read', async () => {
    expect(await lookedAtBy(() => answerTo(office.as('cara'), `status EX-${open}`))).toEqual([]);
    expect(await answerTo(office.as('elif'), 'list')).not.toContain(`EX-${open}`);
  });
});

describe('audit looks', () => {
  it('tells an operator who looked at what, by day', async () => {
    const { code, out } = await runCli(['audit', 'looks'], { DATABASE_URL: office.database.url });
    expect(code).toBe(0);
    expect(out).toMatch(new RegExp(`UTC  Paula opened EX-${secret}\\n`));
    expect(out).toMatch(new RegExp(`UTC  Paula was shown a list of EX-${secret} and EX-${open}\\n`));
    expect(out).toContain('7 looks.');
    const before = await runCli(['audit', 'looks', '--to', '2020-01-01'], { DATABASE_URL: office.database.url });
    expect(before.out).toBe('Nobody looked at anything that is recorded.\n');
  });
});

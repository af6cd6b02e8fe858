import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Modal, Person } from '../../src/sandbox/index.ts';
import { dmAbout } from '../support/approved.ts';
import { ask, current, decide, numberOn, type Office, openOffice, reads, toldPrivately } from '../support/office.ts';
import { waitFor } from '../support/wait.ts';

let office: Office;
beforeAll(async () => {
  // A Monday morning.
  office = await openOffice({ at: '2026-11-23T08:00:00.000Z' });
});
afterAll(() => office.close());

/** Home as it is once it reads like this. */
async function homeOf(person: Person, test: (home: Modal) => boolean = () => true): Promise<Modal> {
  person.openHome();
  return person.waitForHome(test, { timeout: 10_000 });
}
const names = (number: string) => (home: Modal) => home.row(number) !== undefined;
const lacks = (number: string) => (home: Modal) => home.row(number) === undefined;

/** The part of Home below this heading, as its rows. */
function part(home: Modal, heading: RegExp): string[] {
  const rows = home.rows();
  const from = rows.findIndex((row) => heading.test(row));
  const to = rows.findIndex((row, index) => index > from && /\(\d+\)$/.test(row.split('\n')[0] ?? ''));
  return rows.slice(from, to === -1 ? undefined : to);
}

describe('Home', () => {
  it('says that nothing waits, and asks for an exception', async () => {
    const elif = office.as('elif');
    const home = await homeOf(elif);
    expect(home.text()).toContain('Waiting for you (0)');
    expect(home.text()).toContain('You have asked for nothing yet.');
    expect(elif.buttons(home)).toEqual(['Request an exception', "I'm away", 'Find', 'Refresh']);
    await elif.click('Request an exception', { in: 'home' });
    const form = await elif.waitForModal((modal) => modal.title === 'Request an exception');
    await form.close();
  });

  it('leads operations through their queue: decide, then the next', async () => {
    const [first, second] = [
      numberOn(office, await ask(office, office.as('nina'))),
      numberOn(office, await ask(office, office.as('nina'))),
    ];
    const olga = office.as('olga');
    const home = await homeOf(olga, names(second));
    expect(home.row(first)).toMatch(/Customer \d+, Data retention: confirm the details, by/);
    expect(olga.buttons(home, { row: first })).toEqual(['Decide', 'Open']);
    await olga.click('Decide', { in: 'home', row: first });
    const modal = await olga.waitForModal((open) => open.title === 'Confirm details');
    await modal.fill('Rationale', 'As the contract says.');
    await modal.submit();
    await olga.waitForModal((open) => olga.buttons(open).includes(`Next: ${second}`), { timeout: 10_000 });
    await olga.click(`Next: ${second}`, { in: 'modal' });
    const next = await olga.waitForModal((open) => open.title === 'Confirm details' && open.text().includes(second));
    await next.close({ everything: true });
    // What they did is shown without asking for it.
    await olga.waitForHome(lacks(first));
    await homeOf(office.as('mara'), names(first));
  });

  it('shows whoever asked how it stands, and lets them withdraw', async () => {
    const tom = office.as('tom');
    const number = numberOn(office, await ask(office, tom));
    const home = await homeOf(tom, names(number));
    expect(part(home, /^Your requests/).join('\n')).toMatch(
      new RegExp(`${number} .*Data retention: waiting for operations, decide by`),
    );
    await tom.click('Withdraw', { in: 'home', row: number });
    const modal = await tom.waitForModal((open) => open.title === 'Withdraw request');
    await modal.submit();
    const after = await tom.waitForHome((now) => now.row(number)?.includes('withdrawn by Tom') ?? false);
    expect(tom.buttons(after, { row: number })).toEqual(['Open']);
  });

  it('is not needed to withdraw: the message about the request has the button as well', async () => {
    const elif = office.as('elif');
    const card = await ask(office, elif);
    const number = numberOn(office, card);
    await elif.click('Withdraw', { in: await dmAbout(elif, number, 'is on its way') });
    await (await elif.waitForModal((open) => open.title === 'Withdraw request')).submit();
    await reads(office, card, /withdrawn by Elif/i);
  });

  it('shows operations what is to be carried out', async () => {
    const card = await ask(office, office.as('nina'));
    await decide(office, office.as('omar'), 'Approve', card);
    await reads(office, card, 'confirmed by Omar');
    await decide(office, office.as('mara'), 'Approve', card);
    await reads(office, card, 'Approved');
    const home = await homeOf(office.as('omar'), names(numberOn(office, card)));
    expect(part(home, /^Tasks and holds/).join('\n')).toContain(`${numberOn(office, card)} `);
    expect(home.row(numberOn(office, card))).toContain('carry it out');
  });

  it('takes several at once, and says of each what came of it', async () => {
    const omar = office.as('omar');
    const [one, other] = [await ask(office, office.as('nina')), await ask(office, office.as('nina'))];
    const [first, second] = [numberOn(office, one), numberOn(office, other)];
    const home = await homeOf(omar, names(second));
    await home.tick(first, { row: first });
    await home.tick(second, { row: second });
    await decide(office, office.as('bea'), 'Reject', other, 'Not this one.');
    await reads(office, other, 'Rejected');
    await (await omar.waitForHome()).choose('With the ticked ones …', 'Take: say that you look at them');
    const told = await omar.waitForModal((modal) => modal.title === 'What was done');
    expect(told.text()).toContain(`${first} taken`);
    expect(told.text()).toMatch(new RegExp(`${second} was rejected by Bea`));
    await told.close();
    await reads(office, current(office, one), 'Omar is looking at it');
    const seen = await homeOf(office.as('olga'), names(first));
    expect(seen.row(first)).toContain('Omar is looking at it');
  });

  it('puts off until tomorrow morning what somebody wants off their own list, and off nobody else’s', async () => {
    const bea = office.as('bea');
    const number = numberOn(office, await ask(office, office.as('nina')));
    const home = await homeOf(bea, names(number));
    await home.tick(number, { row: number });
    await home.choose('With the ticked ones …', 'Snooze until tomorrow morning');
    await (await bea.waitForModal((modal) => modal.text().includes(`${number} snoozed`))).close();
    const without = await bea.waitForHome(lacks(number));
    expect(without.text()).toMatch(/1 request snoozed until\s+.*Nov 24, 2026/);
    await bea.click('Show', { in: 'home' });
    await bea.waitForHome(names(number));
    await bea.click('Hide', { in: 'home' });
    await bea.waitForHome(lacks(number));
    await homeOf(office.as('olga'), names(number));
    await office.pass(25);
    await homeOf(bea, names(number));
  });

  it('gives several to somebody else, who is told; never to an app', async () => {
    const omar = office.as('omar');
    const number = numberOn(office, await ask(office, office.as('nina')));
    const home = await homeOf(omar, names(number));
    await home.tick(number, { row: number });
    await home.choose('With the ticked ones …', 'Give to somebody else');
    const modal = await omar.waitForModal((open) => open.title === 'Give to somebody else');
    await modal.pickUser('Who?', 'deploybot');
    expect(await modal.submit()).toMatchObject({ errors: { 'Who?': expect.stringContaining('is an app') } });
    await modal.pickUser('Who?', 'olga');
    await modal.submit();
    await omar.waitForModal((open) => open.text().includes(`${number} given to Olga`));
    await toldPrivately(office.as('olga'), number);
    expect((await homeOf(office.as('olga'), names(number))).row(number)).toContain('assigned to Olga');
  });

  it('has no bulk act that decides', async () => {
    const home = await homeOf(office.as('olga'), ({ rows }) => rows.length >= 0);
    expect(JSON.stringify(home.view.blocks)).not.toMatch(/"value":"(?:approve|reject)"/);
  });

  it('turns pages of ten', async () => {
    const lena = office.as('lena');
    const cards = [];
    for (let i = 0; i < 11; i++) cards.push(await ask(office, lena, { 'Deviation from policy (%)': '5' }, 'team_lead'));
    const numbers = cards.map((card) => numberOn(office, card));
    const home = await homeOf(lena, (now) => now.text().includes('Your requests (11)'));
    expect(home.text()).toContain('Page 1 of 2');
    expect(home.row(numbers[0] ?? '')).toBeUndefined();
    await lena.click('Next', { in: 'home' });
    const second = await lena.waitForHome(names(numbers[0] ?? ''));
    expect(second.text()).toContain('Page 2 of 2');
    expect(second.row(numbers[10] ?? '')).toBeUndefined();
    await lena.click('Previous', { in: 'home' });
    await lena.waitForHome(names(numbers[10] ?? ''));
  });

  it('is there for a guest, who may ask', async () => {
    const gus = office.as('gus');
    const home = await homeOf(gus);
    expect(gus.buttons(home)).toEqual(['Request an exception', "I'm away", 'Find', 'Refresh']);
    expect(home.text()).toContain('Waiting for you (0)');
  });

  it('keeps what was typed and not sent, first of all', async () => {
    const liam = office.as('liam');
    await liam.command('/exception');
    const form = await liam.waitForModal((modal) => modal.title === 'Request an exception');
    await form.choose('Policy', 'Data retention');
    await form.fill('Rationale', 'Half a thought');
    await form.close();
    const home = await homeOf(liam, (now) => now.text().includes('You have not sent this yet'));
    const [, first] = home.rows();
    expect(first).toContain('You have not sent this yet');
    await liam.click('Continue', { in: 'home' });
    const again = await liam.waitForModal((modal) => modal.value('Rationale') === 'Half a thought');
    await again.close();
    await liam.click('Discard', { in: 'home', row: 'You have not sent this yet' });
    await liam.waitForHome((now) => !now.text().includes('You have not sent this yet'));
  });

  it('tells admins what needs fixing, and nobody else', async () => {
    office.sandbox.admin.archiveChannel('exceptions-audit', 'U0WANDA');
    await office.restart();
    const wanda = await homeOf(office.as('wanda'), (home) => home.text().includes('needs fixing'));
    expect(wanda.text()).toContain('#exceptions-audit is archived: unarchive it');
    const nina = await homeOf(office.as('nina'), (home) => home.text().includes('Your requests'));
    expect(nina.text()).not.toContain('fixing');
  });
});

describe('/exception list', () => {
  it('shows the part that is asked for', async () => {
    const omar = office.as('omar');
    const card = await ask(office, office.as('nina'));
    const number = numberOn(office, card);
    await omar.command('/exception', 'list waiting');
    const waiting = await toldPrivately(omar, /^Waiting for you/m);
    expect(waiting).not.toContain('Your tasks');
    await omar.command('/exception', 'list tasks');
    await toldPrivately(omar, /Your tasks \(\d+\)[\s\S]*carry it out/);
    await omar.command('/exception', 'list holds');
    await toldPrivately(omar, 'No request is held up');
    await office.as('nina').command('/exception', 'list mine');
    await waitFor(
      () =>
        office
          .as('nina')
          .ephemerals()
          .some((m) => office.as('nina').read(m).includes(number)),
      {
        what: 'the list',
      },
    );
  });
});

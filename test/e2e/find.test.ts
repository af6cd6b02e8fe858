import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '../../src/sandbox/index.ts';
import { ask, fillForm, numberOn, type Office, openOffice, toldPrivately } from '../support/office.ts';
import { waitFor } from '../support/wait.ts';

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

/** What `/exception find` answers. */
async function find(person: Person, query: string): Promise<string> {
  const before = person.ephemerals().length;
  await person.command('/exception', `find ${query}`);
  return waitFor(
    () => {
      const [answer] = person.ephemerals().slice(before);
      return answer && person.read(answer);
    },
    { what: `an answer to find ${query}` },
  );
}

describe('/exception find', () => {
  it('finds by customer, policy, number and words, whatever the case', async () => {
    const card = await ask(office, office.as('nina'), {
      ...{ Customer: 'Wüstenrot & Söhne', Rationale: 'The zeppelin is late.' },
    });
    const number = numberOn(office, card);
    const olga = office.as('olga');
    for (const query of ['wüstenrot', 'Wüstenrot & Sö', 'data ret', number, number.slice(3), 'ZEPPELIN'])
      expect(await find(olga, query), query).toContain(number);
    expect(await find(olga, 'zeppelin')).toContain('Wüstenrot & Söhne, Data retention: waiting for operations');
    expect(await find(olga, 'nothing like it')).toContain('Nothing that you may see says “nothing like it”');
    expect(await find(olga, '%')).toContain('Nothing that you may see');
    await olga.command('/exception', 'find');
    await waitFor(() => olga.ephemerals().some((m) => olga.read(m).includes('Write it after it')), { what: 'help' });
  });

  it('shows nobody what they may not see', async () => {
    const card = await ask(office, office.as('nina'), { Customer: 'Kormoran', Rationale: 'A cormorant ate it.' });
    const number = numberOn(office, card);
    expect(await find(office.as('mara'), 'kormoran')).toContain(number);
    for (const query of ['kormoran', 'cormorant', number])
      expect(await find(office.as('elif'), query)).toContain('Nothing that you may see');
  });

  it('finds a confidential request by its number alone, and shows nothing else of it', async () => {
    const nina = office.as('nina');
    const form = await fillForm(nina, { Customer: 'Albatros', Rationale: 'An albatross is ill.' });
    await form.tick('Show what it says only to those who may read it');
    expect(await form.submit()).toMatchObject({ closed: true });
    const told = await toldPrivately(nina, /Your request EX-\d+ is on its way[\s\S]*Confidential/);
    const number = /EX-\d+/.exec(told)?.[0] ?? '';
    for (const query of ['albatros', 'albatross', 'ill.'])
      expect(await find(office.as('olga'), query)).not.toContain(number);
    const found = await find(office.as('olga'), number);
    expect(found).toContain(`${number} Confidential request (Manager)`);
    expect(found).not.toContain('Albatros');
    expect(await find(office.as('elif'), number)).toContain('Nothing that you may see');
  });

  it('does not find what was deleted from the record', async () => {
    const card = await ask(office, office.as('nina'));
    const reply = office.as('nina').reply('a pelican, actually', { to: card });
    await waitFor(async () => (await find(office.as('olga'), 'pelican')).includes(numberOn(office, card)), {
      what: 'the remark to be found',
    });
    office.as('nina').delete(reply);
    await waitFor(async () => (await find(office.as('olga'), 'pelican')).includes('Nothing that you may see'), {
      what: 'the remark to be gone',
    });
  });
});

describe('Find in Home', () => {
  it('asks what for, shows it by pages of ten, and opens it', async () => {
    const numbers: string[] = [];
    for (let i = 0; i < 11; i++)
      numbers.push(numberOn(office, await ask(office, office.as('tom'), { Customer: `Heron ${i}` })));
    const olga = office.as('olga');
    olga.openHome();
    await olga.waitForHome();
    await olga.click('Find', { in: 'home' });
    const form = await olga.waitForModal((modal) => modal.title === 'Find a request');
    await form.fill('What are you looking for?', 'heron');
    await form.submit();
    const first = await olga.waitForModal((modal) => modal.text().includes('11 requests for “heron”'));
    expect(first.text()).toContain('Page 1 of 2');
    await olga.click('Next', { in: 'modal' });
    await olga.waitForModal((modal) => modal.text().includes('Page 2 of 2'));
    await olga.click('Open', { in: 'modal', row: numbers[0] ?? '' });
    const open = await olga.waitForModal((modal) => modal.title === numbers[0]);
    await open.close({ everything: true });
  });
});

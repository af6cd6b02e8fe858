import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { approved, dayAfter, dmAbout, report } from '../support/approved.ts';
import { current, type Office, openOffice, reads, toldPrivately } from '../support/office.ts';

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

describe('carrying out what was approved', () => {
  it('is a task of operations, and what was done is told to everyone who had a part in it', async () => {
    const { number, card } = await approved(office);
    const olga = office.as('olga');
    for (const name of ['olga', 'omar', 'bea']) await dmAbout(office.as(name), number, 'please carry it out');
    await olga.click('Done', { in: await dmAbout(olga, number, 'please carry it out') });
    const modal = await olga.waitForModal((open) => open.title === 'Report the outcome');
    expect(modal.text()).toContain('everyone who had a part in it is told');
    const empty = await modal.submit();
    expect(empty).toMatchObject({ errors: { 'What was done, or what stood in the way': expect.any(String) } });
    await modal.fill('What was done, or what stood in the way', 'Kept their data until May <!channel>.');
    expect(await modal.submit()).toMatchObject({ closed: true });
    for (const name of ['nina', 'mara']) {
      const told = await dmAbout(office.as(name), number, 'carried out');
      expect(office.as(name).read(told)).toContain('Kept their data until May <!channel>.');
    }
    await reads(office, card, /[Cc]arried out/);
  });

  it('done is done: the colleague who presses later is told by whom and when', async () => {
    const { number } = await approved(office);
    const omar = office.as('omar');
    await omar.click('Done', { in: await dmAbout(omar, number, 'please carry it out') });
    const late = await omar.waitForModal((open) => open.title === 'Report the outcome');
    await report(office.as('olga'), number, 'Done', 'Refunded.');
    await dmAbout(omar, number, 'please close the record');
    await late.fill('What was done, or what stood in the way', 'Refunded a second time.');
    await late.submit();
    const told = await omar.waitForModal((open) => open.text().includes('reported that'));
    expect(told.text()).toContain('Olga');
    await told.close({ everything: true });
    await dmAbout(office.as('nina'), number, 'Refunded.');
    expect(
      office.sandbox
        .messages()
        .map((message) => office.sandbox.read(message))
        .join(),
    ).not.toContain('second time');
  });

  it('what could not be done says what stood in the way, and can be done after all', async () => {
    const { number } = await approved(office);
    await report(office.as('olga'), number, 'Could not be done', 'The system is down.');
    const nina = office.as('nina');
    expect(nina.read(await dmAbout(nina, number, 'could not be carried out'))).toContain('The system is down.');
    await report(office.as('omar'), number, 'Done', 'Done by hand.');
    expect(nina.read(await dmAbout(nina, number, 'Done by hand.'))).toContain(`Omar carried out ${number}`);
  });

  it('is nothing for whoever asked', async () => {
    const { card, number } = await approved(office);
    const nina = office.as('nina');
    await nina.click('Details', { in: current(office, card) });
    const details = await nina.waitForModal((open) => open.title === number);
    expect(details.text()).not.toContain('Report outcome');
    await details.close({ everything: true });
  });
});

describe('conditions of an approval', () => {
  it('go to their owner, who says that they are met, with a note', async () => {
    const due = dayAfter(office, 7);
    const { number, card } = await approved(office, { text: 'Only after the audit.', owner: 'Tom Okafor', due });
    const tom = office.as('tom');
    const task = await dmAbout(tom, number, 'Only after the audit.');
    await tom.click('Condition met', { in: task });
    const modal = await tom.waitForModal((open) => open.title === 'Condition met');
    expect(modal.text()).toContain('Only after the audit.');
    await modal.fill('Note', 'Audit of 3 May, no findings.');
    expect(await modal.submit()).toMatchObject({ closed: true });
    await dmAbout(tom, number, 'are met');
    await office.as('olga').click('Details', { in: current(office, card) });
    const details = await office.as('olga').waitForModal((open) => open.title === number);
    expect(details.text()).toContain('Tom');
    expect(details.text()).toContain('Audit of 3 May, no findings.');
    await details.close({ everything: true });
  });

  it('are needed before the record is closed: who presses is told which, whose, and what to do', async () => {
    const due = dayAfter(office, 7);
    const { number } = await approved(office, { text: 'Deposit first.', owner: 'Tom Okafor', due });
    await report(office.as('olga'), number, 'Done', 'Sent.');
    const omar = office.as('omar');
    await omar.click('Close record', { in: await dmAbout(omar, number, 'Close record') });
    const told = await toldPrivately(omar, `${number} cannot be closed yet`);
    expect(told).toContain('condition 1, which Tom owes by');
    expect(told).toContain('press “Condition met” once it is');
  });
});

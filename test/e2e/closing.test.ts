import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLogger } from '../../src/log.ts';
import type { Message, Modal } from '../../src/sandbox/index.ts';
import { verifyChains } from '../../src/store/audit/verify.ts';
import { connect } from '../../src/store/connect.ts';
import { type ApprovedRequest, approved, dayAfter, dmAbout, report } from '../support/approved.ts';
import { current, type Office, openOffice, reads, toldPrivately } from '../support/office.ts';

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

/** Approved and carried out, with the form open by which Olga closes its record. */
async function closing(): Promise<ApprovedRequest & { form: Modal; task: Message }> {
  const request = await approved(office);
  const olga = office.as('olga');
  await report(olga, request.number, 'Done', 'Kept their data.');
  const task = await dmAbout(olga, request.number, 'please close the record');
  await olga.click('Close record', { in: task });
  return { ...request, task, form: await olga.waitForModal((open) => open.title === 'Close the record') };
}

async function fillWhatIsNeeded(form: Modal): Promise<void> {
  await form.choose('Cause', 'A mistake of ours');
  await form.fill('What happened', 'The job that deletes runs a month early.');
  await form.fill('How it was fixed', 'Excluded them from the job.');
}

describe('closing the record', () => {
  it('asks for cause, what happened and how it was fixed, and says at each field what is missing', async () => {
    const { form } = await closing();
    expect(await form.submit()).toMatchObject({
      errors: {
        Cause: expect.any(String),
        'What happened': expect.any(String),
        'How it was fixed': expect.any(String),
      },
    });
    await form.close();
  });

  it('shows how long each phase took and who was involved, which nobody has to type', async () => {
    const { form } = await closing();
    expect(form.text()).toMatch(/Time: Details .+, Authorization .+, Carrying out .+\./);
    for (const name of ['Nina', 'Olga', 'Mara']) expect(form.text()).toContain(name);
    await form.close();
  });

  it('wants a corrective action whole or not at all, and days that are still to come', async () => {
    const { form } = await closing();
    await fillWhatIsNeeded(form);
    await form.fill('Corrective action', 'Ask before deleting.');
    expect(await form.submit()).toEqual({
      errors: {
        'Who does it': expect.stringContaining('what, who and by when'),
        'By when': expect.stringContaining('what, who and by when'),
      },
    });
    await form.pickUser('Who does it', 'Tom Okafor');
    await form.pickDate('By when', dayAfter(office, -2));
    await form.pickDate('Look on this day whether it helped', dayAfter(office, -1));
    expect(await form.submit()).toEqual({
      errors: {
        'By when': expect.stringContaining('has passed'),
        'Look on this day whether it helped': expect.stringContaining('later day than today'),
      },
    });
    await form.pickDate('By when', dayAfter(office, 2));
    await form.pickDate('Look on this day whether it helped', dayAfter(office, 9));
    await form.pickUser('Who does it', 'deploybot');
    expect(await form.submit()).toEqual({ errors: { 'Who does it': expect.stringContaining('is an app') } });
    await form.close();
  });

  it('makes it read-only: whoever asked is told, and every other act is refused in plain words', async () => {
    const { form, number, card } = await closing();
    const omar = office.as('omar');
    await omar.click('Close record', { in: await dmAbout(omar, number, 'Close record') });
    const late = await omar.waitForModal((open) => open.title === 'Close the record');
    await fillWhatIsNeeded(form);
    expect(await form.submit()).toMatchObject({ closed: true });
    const said = await dmAbout(office.as('nina'), number, 'Its record is read-only now');
    expect(office.as('nina').read(said)).toContain('A mistake of ours');
    await fillWhatIsNeeded(late);
    await late.submit();
    const told = await omar.waitForModal((open) => open.text().includes('can only be read'));
    expect(told.text()).toContain('Olga');
    await told.close({ everything: true });
    await office.as('olga').command('/exception', `complaint ${number}`);
    await toldPrivately(office.as('olga'), /can only be read/);
    await omar.click('Details', { in: current(office, card) });
    const details = await omar.waitForModal((open) => open.title === number);
    for (const learnt of [
      'A mistake of ours',
      'runs a month early',
      'Excluded them',
      'Kept their data.',
      'Time: Details',
    ])
      expect(details.text()).toContain(learnt);
    for (const button of ['Report outcome', 'Close record', 'Customer complaint', 'Hand over'])
      expect(details.text()).not.toContain(button);
    await details.close({ everything: true });
  });

  it('asks on the day whether the corrective action helped, and adds what was seen to the closed record', async () => {
    const { form, number, card } = await closing();
    await fillWhatIsNeeded(form);
    await form.fill('Why did it happen?', 'The date was taken from the wrong field.');
    await form.fill('And why was that? (2)', 'Nobody tests the job.');
    await form.fill('Corrective action', 'Test the job.');
    await form.pickUser('Who does it', 'Tom Okafor');
    await form.pickDate('By when', dayAfter(office, 10));
    await form.pickDate('Look on this day whether it helped', dayAfter(office, 30));
    expect(await form.submit()).toMatchObject({ closed: true });
    const tom = office.as('tom');
    expect(tom.dms().some((message) => tom.read(message).includes('help?'))).toBe(false);
    await office.pass(31 * 24);
    const asked = await dmAbout(tom, number, 'Did the corrective action');
    expect(tom.read(asked)).toContain('Test the job.');
    await tom.click('Say whether it helped', { in: asked });
    const modal = await tom.waitForModal((open) => open.title === 'Did it help?');
    expect(modal.text()).toContain('Test the job.');
    await modal.choose('Did it help?', 'Partly');
    await modal.fill('What was seen', 'One more was deleted early.');
    expect(await modal.submit()).toMatchObject({ closed: true });
    await reads(office, asked, 'has said whether');
    const olga = office.as('olga');
    await olga.click('Details', { in: current(office, card) });
    const details = await olga.waitForModal((open) => open.title === number);
    for (const learnt of ['wrong field', 'Nobody tests the job.', 'It helped in part', 'One more was deleted early.'])
      expect(details.text()).toContain(learnt);
    await details.close({ everything: true });
  });

  it('leaves a record that can be verified', async () => {
    const store = connect(office.database.url, createLogger({ level: 'silent' }), 1);
    const verdict = await verifyChains(store.db, 'T0HARBOUR1');
    await store.close();
    expect(verdict.faults).toEqual([]);
  });
});

import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { TOUR } from '../../src/demo/tour.ts';
import { type Office, openOffice } from '../support/office.ts';
import { describeInBrowser } from './support.ts';
import { launch, openWindow, type Window } from './window.ts';

/** Monday morning in Berlin, a working day. */
const MONDAY = '2026-11-23T09:00:00.000Z';

describeInBrowser('the whole story in a browser, with the real bot behind it', () => {
  let browser: Browser;
  let office: Office;
  const windows: Window[] = [];
  const open = async (query: string, look = {}): Promise<Window> => {
    const window = await openWindow(browser, office.sandbox.origin, query, look);
    windows.push(window);
    return window;
  };

  beforeAll(async () => {
    browser = await launch();
    office = await openOffice({
      at: MONDAY,
      sandbox: {
        now: () => Date.parse(office?.now() ?? MONDAY),
        clock: { now: () => new Date(office.now()) },
        tour: TOUR,
        onClock: (to) => office.pass((to.getTime() - Date.parse(office.now())) / 3_600_000),
      },
    });
  });
  afterEach(async () => {
    for (const window of windows.splice(0)) await window.close();
  });
  afterAll(async () => {
    await browser?.close();
    await office?.close();
  });

  const fillIn = async ({ say, dialog, choose }: Window, customer: string): Promise<void> => {
    await say('/exception');
    await dialog.getByRole('heading', { name: 'Request an exception' }).waitFor();
    await choose('Policy', 'Refund window');
    await dialog.getByText('Policy allows 30 days').waitFor();
    await dialog.getByLabel('Customer').fill(customer);
    await dialog.getByLabel('Rationale').fill('They renew in January.');
    await dialog.getByLabel('Impact analysis').fill('Without it they leave.');
    await dialog.getByLabel('Deviation from policy (%)').fill('50');
    await dialog.getByLabel('Decision value').fill('12.500');
  };

  const decide = async ({ main, dialog }: Window, title: string, act: string, customer: string): Promise<void> => {
    const card = main.getByRole('article').filter({ hasText: customer });
    await card.getByRole('button', { name: 'Approve' }).click();
    await dialog.getByRole('heading', { name: title }).waitFor();
    await dialog.getByLabel('Rationale').fill('I checked it.');
    await dialog.getByRole('button', { name: act, exact: true }).click();
  };

  it('leads a stranger by the tour from asking to an approved request', async () => {
    const { page, main, dialog, choose, faults, picture } = await open('', { stranger: true });
    const tour = page.getByRole('complementary', { name: 'Tour' });
    const next = tour.getByRole('button', { name: 'Next' });
    const card = main
      .getByRole('article')
      .filter({ hasText: /EX-\d+/ })
      .last();
    const approve = () => card.getByRole('button', { name: 'Approve' }).click();

    await tour.getByRole('heading', { name: 'Ask, as an employee' }).waitFor();
    expect(await faults()).toEqual([]);
    await picture('tour-ask');
    await tour.getByRole('button', { name: 'Type it for me' }).click();
    await main.getByRole('combobox', { name: /^Message / }).press('Enter');
    await choose('Policy', 'Refund window');
    await dialog.getByText('Policy allows 30 days').waitFor();
    await dialog.getByLabel('Customer').fill('Ostsee Ferien');
    await dialog.getByLabel(/^You ask for/).fill('40');
    await dialog.getByLabel('Decision value').fill('900');
    await dialog.getByLabel('Rationale').fill('The journey was cancelled.');
    await dialog.getByLabel('Impact analysis').fill('They complain in public.');
    await picture('tour-form');
    await dialog.getByRole('button', { name: 'Send request' }).click();
    await main.getByText(/Your request EX-\d+ is on its way/).waitFor();

    await next.click();
    await tour.getByRole('heading', { name: 'Confirm, as operations' }).waitFor();
    await card.getByRole('heading', { name: /Waiting for operations/ }).waitFor();
    await picture('tour-confirm');
    await approve();
    await dialog.getByLabel('Rationale').fill('Booking and date are right.');
    await picture('tour-decide');
    await dialog.getByRole('button', { name: 'Confirm', exact: true }).click();
    await card.getByText(/confirmed by Olga/).waitFor();
    await approve();
    await main.getByText('two different people must agree').waitFor();
    expect(await faults()).toEqual([]);

    await next.click();
    await tour.getByRole('heading', { name: 'Authorize, as a manager' }).waitFor();
    await approve();
    await dialog.getByLabel('Rationale').fill('Ten days more cost us little.');
    await dialog.getByRole('button', { name: 'Authorize', exact: true }).click();
    await card.getByText(/· Approved/).waitFor();
    await picture('tour-approved');
    await tour.getByRole('button', { name: 'Done' }).click();
    await tour.waitFor({ state: 'detached' });
  });

  it('has a tour that fits a phone, and whoever skips it is not asked again', async () => {
    const { page, main, faults, picture } = await open('', { stranger: true, width: 390, height: 780 });
    const tour = page.getByRole('complementary', { name: 'Tour' });
    await tour.getByRole('heading', { name: 'Ask, as an employee' }).waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth > innerWidth')).toBe(false);
    expect(await faults()).toEqual([]);
    await picture('tour-phone');
    await tour.getByRole('button', { name: 'Next' }).click();
    await tour.getByRole('heading', { name: 'Confirm, as operations' }).waitFor();
    // What the step is about can be reached while the tour is there.
    await main.getByRole('button', { name: 'Details' }).last().click({ trial: true });
    await picture('tour-phone-confirm');
    await tour.getByRole('button', { name: 'Skip the tour' }).click();
    await tour.waitFor({ state: 'detached' });
    await page.reload();
    await main.getByRole('combobox', { name: /^Message / }).waitFor();
    expect(await tour.count()).toBe(0);
  });

  it('asks, corrects a field, confirms, is refused as the same person, authorizes as another, and tells the requester', async () => {
    const nina = await open('as=nina&at=app');
    const olga = await open('as=olga&at=exceptions-executive');
    await fillIn(nina, 'Nordlicht');
    expect(await nina.faults()).toEqual([]);
    await nina.dialog.getByRole('button', { name: 'Send request' }).click();
    await nina.dialog.getByText('could mean 12.5 or 12500').waitFor();
    await nina.dialog.getByLabel('Decision value').fill('12,500');
    await nina.picture('form');
    await nina.dialog.getByRole('button', { name: 'Send request' }).click();
    await nina.main.getByText(/Your request EX-\d+ is on its way/).waitFor();

    const card = olga.main.getByRole('article').filter({ hasText: 'Nordlicht' });
    await card.getByRole('heading', { name: /EX-\d+ · Waiting for operations/ }).waitFor();
    expect(await olga.faults()).toEqual([]);
    await olga.picture('card');
    await decide(olga, 'Confirm details', 'Confirm', 'Nordlicht');
    await card.getByText(/confirmed by Olga/).waitFor();

    await card.getByRole('button', { name: 'Approve' }).click();
    await olga.main.getByText('two different people must agree').waitFor();
    await olga.picture('refused');

    await olga.become('Erin Wallace');
    await decide(olga, 'Authorize exception', 'Authorize', 'Nordlicht');
    await card.getByText(/· Approved/).waitFor();
    await nina.main
      .getByText(/EX-\d+ is approved/)
      .first()
      .waitFor();
    await nina.picture('outcome');
    expect(await nina.faults()).toEqual([]);
  });

  it('jumps past a deadline, and the escalation comes by direct message; then to Monday, and the digest comes', async () => {
    const nina = await open('as=nina&at=app');
    await fillIn(nina, 'Südwind');
    await nina.dialog.getByLabel('Decision value').fill('12,500');
    await nina.dialog.getByRole('button', { name: 'Send request' }).click();
    await nina.main
      .getByText(/Südwind/)
      .first()
      .waitFor();
    const before = office.now();
    await nina.page.getByRole('button', { name: 'Mon 23 Nov' }).click();
    await nina.page.getByLabel(/Another time/).fill('2026-11-26T09:00');
    await nina.page.getByRole('button', { name: 'Move' }).click();
    await nina.page.getByRole('button', { name: 'Thu 26 Nov' }).waitFor();
    expect(Date.parse(office.now()) - Date.parse(before)).toBeGreaterThan(2 * 24 * 3_600_000);
    const bea = await open('as=bea&at=app');
    await bea.main
      .getByText(/must be decided by/)
      .first()
      .waitFor();
    await bea.main.getByRole('button', { name: 'Acknowledge' }).first().waitFor();
    await bea.picture('escalation');
    expect(await bea.faults()).toEqual([]);

    await nina.page.getByRole('button', { name: 'Thu 26 Nov' }).click();
    await nina.page.getByLabel(/Another time/).fill('2026-11-30T10:30');
    await nina.page.getByRole('button', { name: 'Move' }).click();
    await bea.goTo('exceptions-audit');
    await bea.main
      .getByRole('heading', { name: /^Exceptions/ })
      .first()
      .waitFor();
    await bea.picture('digest');
    expect(await bea.faults()).toEqual([]);
  });
});

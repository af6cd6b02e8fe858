import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { type Listener, type Started, startListener, startSandbox } from '../sandbox/support.ts';
import { waitFor } from '../support/wait.ts';
import { controlBlocks, form, messageBlocks } from './gallery.ts';
import { describeInBrowser } from './support.ts';
import { launch, openWindow, type Window } from './window.ts';

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const LOOK = `({
  wide: document.documentElement.scrollWidth > innerWidth,
  dark: getComputedStyle(document.documentElement).backgroundColor,
})`;
const focused = (page: Page, what: string) => page.evaluate(`document.activeElement?.${what}`);
const hasFocus = (field: Locator) => field.and(field.page().locator(':focus')).isVisible();
const START = Date.UTC(2026, 10, 23, 9);

describeInBrowser('the page of a local Slack, with an app that is no bot of anybody', () => {
  let browser: Browser;
  let started: Started;
  let app: Listener;
  let now = START;
  const windows: Window[] = [];
  const open = async (query: string, look = {}): Promise<Window> => {
    const window = await openWindow(browser, started.sandbox.origin, query, look);
    windows.push(window);
    return window;
  };
  const last = (type: string) => app.received.findLast(({ payload }) => payload.type === type)?.payload;
  const heard = (type: string) => waitFor(() => last(type), { what: type });

  beforeAll(async () => {
    browser = await launch();
    started = await startSandbox({
      now: () => now,
      onClock: async (to) => {
        now = to.getTime();
        await started.client.chat.postMessage({ channel: 'U0NINA', text: 'It is *later* now' });
      },
      clock: {
        now: () => new Date(now),
        jumps: async () => [{ label: 'Two hours later', to: new Date(now + 7_200_000).toISOString() }],
      },
      panels: [{ id: 'events', title: 'Events', load: async () => [{ number: 7, hash: 'c0ffee'.repeat(8) }] }],
      tour: [
        { title: 'Ask', text: 'Ask for it.', as: 'nina', at: 'app', draft: '/exception', highlight: 'composer' },
        { title: 'Look', text: 'Look at it.', as: 'olga', at: 'exceptions-manager' },
      ],
    });
    const { workspace } = started.sandbox;
    workspace.app.shortcuts.push(
      { name: 'Make one', callbackId: 'make', type: 'global' },
      { name: 'Look at it', callbackId: 'look', type: 'message' },
    );
    app = await startListener(started.sandbox);
    app.answer = async ({ payload }) => {
      if (payload.type === 'block_suggestion')
        return { body: JSON.stringify({ options: [{ text: plain(`${payload.value} found`), value: 'f1' }] }) };
      if (
        typeof payload.trigger_id === 'string' &&
        payload.type !== 'block_actions' &&
        payload.type !== 'view_submission'
      )
        await started.client.views.open({ trigger_id: payload.trigger_id, view: form });
      return {};
    };
    await started.client.chat.postMessage({
      channel: 'C0MANAGE',
      text: 'Everything',
      blocks: messageBlocks(`${started.sandbox.origin}/none.png`),
    });
    await started.client.chat.postMessage({ channel: 'C0MANAGE', text: 'Controls', blocks: controlBlocks });
  });
  afterEach(async () => {
    for (const window of windows.splice(0)) await window.close();
    started.sandbox.as('nina').modal()?.close({ everything: true });
  });
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
    await started?.stop();
  });

  it('draws every block, marks and names as their reader reads them, and a box for what it does not know', async () => {
    const { main, faults } = await open('as=nina&at=exceptions-manager');
    const message = main.getByRole('article').first();
    const text = await message.innerText();
    expect(text).toContain('Bold, italic, gone, code *not bold* and ✅ for @Nina, @Olga, @operations');
    expect(text).toContain('#general, @here, a link, Nov 23, 2026 at 10:00, 2 * 3 * 4, snake_case_name');
    expect(text).toContain('<@U0TOM> is escaped');
    expect(text).toContain('said *as it is* <@U0NINA>');
    expect(await message.locator('.blocks strong').first().innerText()).toBe('Bold');
    expect(await message.getByRole('link', { name: 'a link' }).getAttribute('href')).toBe('https://example.com/a_b_c');
    expect(await message.locator('blockquote').allInnerTexts()).toEqual(['quoted', 'said *as it is* <@U0NINA>']);
    expect(await message.getByRole('columnheader').allInnerTexts()).toEqual(['Customer', 'Value']);
    expect(await message.getByRole('img', { name: 'A teal rectangle' }).count()).toBe(1);
    await message.getByText('cannot draw “markdown”').click();
    expect(await message.locator('details').innerText()).toContain('# What the page cannot draw');
    expect(await faults()).toEqual([]);
  });

  it("shows instants in the reader's own zone", async () => {
    const { main } = await open('as=mara&at=exceptions-manager');
    expect(await main.getByRole('article').first().innerText()).toContain('at 10:00');
    started.sandbox.admin.addToChannel('exceptions-manager', 'U0MATT', { silent: true });
    const { main: inTokyo } = await open('as=matt&at=exceptions-manager');
    expect(await inTokyo.getByRole('article').first().innerText()).toContain('at 18:00');
  });

  it('tells the app what is pressed and chosen in a message, and asks first where the app wants that', async () => {
    const { main, page } = await open('as=nina&at=exceptions-manager');
    await main.getByRole('button', { name: 'Yes', exact: true }).click();
    await waitFor(() => (last('block_actions')?.actions as { value: string }[])?.[0]?.value === 'yes', { what: 'yes' });

    const count = app.received.length;
    await main.getByRole('button', { name: 'Delete' }).click();
    const question = page.getByRole('alertdialog', { name: 'Delete it?' });
    expect(await question.innerText()).toContain('This is final.');
    await question.getByRole('button', { name: 'Keep' }).click();
    await question.waitFor({ state: 'hidden' });
    expect(app.received.length).toBe(count);
    expect(await focused(page, 'textContent')).toBe('Delete');

    const size = main.getByRole('combobox', { name: 'Choose a size' });
    await size.click();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await waitFor(() => JSON.stringify(last('block_actions')?.actions).includes('"value":"m"'), { what: 'medium' });
    await waitFor(async () => (await size.inputValue()) === 'Medium', { what: 'the choice to be shown' });

    await main.getByRole('button', { name: 'More options' }).click();
    await page.getByRole('menuitem', { name: 'Copy' }).click();
    await waitFor(() => JSON.stringify(last('block_actions')?.actions).includes('"value":"copy"'), { what: 'copy' });
  });

  it('fills in every kind of field, says at the field what is missing, and sends what stands there', async () => {
    const { say, dialog, choose, page, faults, picture } = await open('as=nina&at=app');
    await say('/exception');
    await dialog.waitFor();
    expect(await faults()).toEqual([]);
    await dialog.getByRole('button', { name: 'Send' }).click();
    await dialog.getByText('Please complete this required field.').first().waitFor();
    expect(await focused(page, "getAttribute('aria-describedby')")).toMatch(/-error/);
    await dialog.getByLabel('Name').fill('No');
    await dialog.getByLabel('Count').fill('11');
    await dialog.getByLabel('Count').press('Enter');
    await dialog.getByText('Must be at least 3 characters.').waitFor();
    await dialog.getByText('Must be at most 10.').waitFor();
    await dialog.getByLabel('Name').fill('Nordlicht');
    await dialog.getByLabel('Count').fill('10');
    await choose('Several', 'Small');
    await choose('Several', 'Large');
    await choose('Found', 'so');
    await choose('People', 'Tom Okafor');
    await choose('Room', '#general');
    await dialog.getByRole('radio', { name: 'Medium' }).check();
    await dialog.getByRole('checkbox', { name: 'Small' }).check();
    await dialog.getByLabel('Day').fill('2026-11-30');
    await dialog.getByLabel('Hour').fill('09:30');
    await dialog.getByLabel('Instant').fill('2026-11-30T10:00');
    await dialog
      .getByLabel('Paper')
      .setInputFiles({ name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('hi') });
    await dialog.getByRole('button', { name: 'Remove a.txt' }).waitFor();
    await picture('every-field');
    await dialog.getByRole('button', { name: 'Send' }).click();
    await dialog.waitFor({ state: 'hidden' });
    const { view } = (await heard('view_submission')) as { view: { state: { values: Record<string, unknown> } } };
    expect(view.state.values).toMatchObject({
      name: { it: { value: 'Nordlicht' } },
      notes: { it: { value: 'Given' } },
      count: { it: { value: '10' } },
      size: { it: { selected_option: { value: 's' } } },
      several: { it: { selected_options: [{ value: 's' }, { value: 'l' }] } },
      found: { it: { selected_option: { value: 'f1' } } },
      people: { it: { selected_users: ['U0OLGA', 'U0TOM'] } },
      room: { it: { selected_conversation: 'C0GENERAL' } },
      one: { it: { selected_option: { value: 'm' } } },
      some: { it: { selected_options: [{ value: 's' }] } },
      day: { it: { selected_date: '2026-11-30' } },
      hour: { it: { selected_time: '09:30' } },
      instant: { it: { selected_date_time: Date.UTC(2026, 10, 30, 9) / 1000 } },
      paper: { it: { files: [{ name: 'a.txt', size: 2 }] } },
    });
  });

  it('keeps what is being typed when the app redraws the modal around it, and tells the app of it as it asked', async () => {
    const { say, dialog } = await open('as=nina&at=app');
    await say('/exception');
    await dialog.getByLabel('Live').fill('typed');
    const action = () => (last('block_actions')?.actions as { block_id: string; value: string }[])?.[0];
    await waitFor(() => action()?.block_id === 'live' && action()?.value === 'typed', { what: 'the app to hear it' });
    const name = dialog.getByLabel('Name');
    await name.fill('Half a na');
    const view = started.sandbox.as('nina').modal()?.view;
    await started.client.views.update({
      view_id: view?.id ?? '',
      view: { ...form, blocks: [{ type: 'header', text: plain('New above') }, ...form.blocks] },
    });
    await dialog.getByText('New above').waitFor();
    expect(await name.inputValue()).toBe('Half a na');
    await name.pressSequentially('me');
    expect(await name.inputValue()).toBe('Half a name');
  });

  it('keeps the keyboard inside a modal, closes it with Escape, and gives the focus back', async () => {
    const { say, dialog, page, main } = await open('as=nina&at=app');
    await say('/exception');
    await dialog.waitFor();
    expect(await hasFocus(dialog.getByLabel('Name'))).toBe(true);
    for (let presses = 0; presses < 40; presses += 1) {
      await page.keyboard.press('Tab');
      // The browser's own controls come between the last field and the first; the page behind never does.
      expect(['DIALOG', 'BODY']).toContain(
        await focused(page, "closest('dialog, button, input, textarea, body').closest('dialog, body').tagName"),
      );
    }
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await heard('view_closed');
    const composer = main.getByRole('combobox', { name: /^Message / });
    expect(await hasFocus(composer)).toBe(true);
  });

  it('lists commands and shortcuts as soon as a slash is typed', async () => {
    const { main, page, dialog } = await open('as=nina&at=app');
    const composer = main.getByRole('combobox', { name: /^Message / });
    await composer.fill('/');
    expect(await page.getByRole('option').allInnerTexts()).toEqual([
      expect.stringMatching(/\/exception \[help.*\nAsk for an exception/),
      expect.stringContaining('Make one'),
    ]);
    await composer.press('ArrowDown');
    await composer.press('Enter');
    await dialog.waitFor();
    expect(last('shortcut')).toMatchObject({ callback_id: 'make' });
  });

  it('answers in threads, uses shortcuts of messages, and shows what only its reader sees', async () => {
    const { main, page, say, dialog } = await open('as=nina&at=exceptions-manager');
    await say('What about the contract?');
    const message = main.getByRole('article').filter({ hasText: 'What about the contract?' });
    await message.hover();
    await message.getByRole('button', { name: 'Reply in thread' }).click();
    const thread = page.getByRole('complementary', { name: 'Thread' });
    await thread.getByRole('textbox', { name: 'Reply' }).fill('I will look');
    await thread.getByRole('button', { name: 'Send' }).click();
    await thread.getByText('I will look').waitFor();
    await message.getByText('1 reply').waitFor();
    expect(page.url()).toContain('thread=');

    await started.client.chat.postEphemeral({ channel: 'C0MANAGE', user: 'U0NINA', text: 'A secret' });
    await main.getByText('Only visible to you').waitFor();
    await main.getByRole('button', { name: 'Dismiss message' }).click();
    await main.getByText('A secret').waitFor({ state: 'hidden' });

    await message.hover();
    await message.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Look at it' }).click();
    await dialog.waitFor();
    expect(last('message_action')).toMatchObject({
      callback_id: 'look',
      message: { text: 'What about the contract?' },
    });
  });

  it('follows a link to a message of this workspace, into its thread', async () => {
    const { chat } = started.client;
    const { ts: asked = '' } = await chat.postMessage({ channel: 'C0TEAMLD', text: 'Where is it?' });
    const { ts: replied = '' } = await chat.postMessage({ channel: 'C0TEAMLD', text: 'Here it is', thread_ts: asked });
    const { permalink } = await chat.getPermalink({ channel: 'C0TEAMLD', message_ts: replied });
    await chat.postMessage({ channel: 'U0NINA', text: `<${permalink}|Go to it>` });
    const { main, page } = await open('as=nina&at=app');
    await main.getByRole('link', { name: 'Go to it' }).last().click();
    await page.getByRole('complementary', { name: 'Thread' }).getByText('Here it is').waitFor();
    await main.getByRole('heading', { name: 'exceptions-team-lead' }).waitFor();
  });

  it('is live in two windows of two people, and marks what each has not read', async () => {
    const nina = await open('as=nina&at=general');
    const tom = await open('as=tom&at=general');
    await nina.say('Good morning');
    await tom.main.getByText('Good morning').waitFor();
    await started.client.chat.postMessage({ channel: 'C0TEAMLD', text: 'For <@U0TOM>' });
    const places = (window: Window) => window.page.getByRole('navigation', { name: 'Channels and apps' });
    await places(tom)
      .getByRole('button', { name: /^exceptions-team-lead\W+1 for you$/ })
      .waitFor();
    await places(nina)
      .getByRole('button', { name: /^exceptions-team-lead\W+unread$/ })
      .waitFor();
    await tom.goTo('exceptions-team-lead');
    await places(tom).getByRole('button', { name: 'exceptions-team-lead', exact: true }).waitFor();
  });

  it('opens Home, where the app hears of it, and redraws it when the app publishes', async () => {
    const { goTo, main, page, faults } = await open('as=nina&at=general');
    await goTo('Carveout');
    await page.getByRole('tab', { name: 'Messages' }).press('ArrowLeft');
    await waitFor(() => JSON.stringify(app.received).includes('app_home_opened'), { what: 'app_home_opened' });
    const publish = (text: string) =>
      started.client.views.publish({
        user_id: 'U0NINA',
        view: { type: 'home', blocks: [{ type: 'header', text: plain(text) }, ...controlBlocks] },
      });
    await publish('Yours');
    await main.getByRole('heading', { name: 'Yours' }).waitFor();
    await main.getByRole('button', { name: 'Yes', exact: true }).click();
    await waitFor(() => (last('block_actions')?.container as { type: string })?.type === 'view', { what: 'the press' });
    await publish('Yours, again');
    await main.getByRole('heading', { name: 'Yours, again' }).waitFor();
    expect(await faults()).toEqual([]);
  });

  it('shows what Slack would show when the app does not answer', async () => {
    const { main, page } = await open('as=nina&at=exceptions-manager');
    const { answer } = app;
    app.answer = () => ({ status: 500 });
    await main.getByRole('button', { name: 'Yes', exact: true }).click();
    await page.getByText('We had some trouble connecting. Try again?').waitFor();
    app.answer = answer;
  });

  it('moves the clock forward, in every window', async () => {
    const nina = await open('as=nina&at=app');
    const tom = await open('as=tom&at=app');
    const clockOf = ({ page }: Window) => page.getByRole('button', { name: /^\w{3} \d+ Nov/ });
    expect(await clockOf(nina).innerText()).toContain('Mon 23 Nov, 10:00');
    await clockOf(nina).click();
    await nina.page.getByRole('button', { name: 'Two hours later' }).click();
    await nina.main.getByText('It is later now').waitFor();
    await waitFor(async () => (await clockOf(tom).innerText()).includes('11:00'), { what: "Tom's clock, in London" });
    await clockOf(nina).click();
    await nina.page.getByLabel(/Another time/).fill('2026-11-22T10:00');
    await nina.page.getByRole('button', { name: 'Move' }).click();
    await nina.page.getByText('The clock only goes forward.').waitFor();
  });

  it("looks inside: the traffic, opened to arguments and answer, and the host's panels", async () => {
    const { main, page, faults, picture } = await open('as=nina&at=exceptions-manager');
    await page.getByRole('button', { name: 'Look inside' }).click();
    const drawer = page.getByRole('complementary', { name: 'Look inside' });
    await drawer.getByRole('searchbox').fill('block_actions');
    // The newest comes first; until this press is there, that is somebody's before.
    const presses = drawer.getByRole('button', { name: /block_actions/ });
    const seen = await presses.count();
    await main.getByRole('button', { name: 'Yes', exact: true }).click();
    await waitFor(async () => (await presses.count()) > seen, { what: 'the press in the traffic' });
    await presses.first().click();
    await drawer.getByText('signed, status 200').waitFor();
    expect(await drawer.locator('.json').first().innerText()).toContain('"action_id": "yes"');
    expect(await faults()).toEqual([]);
    await picture('look-inside');
    // What somebody wrote looks like JSON and is none.
    await drawer.getByRole('searchbox').fill('chat.postMessage');
    const posts = drawer.getByRole('button', { name: /chat.postMessage/ });
    const before = await posts.count();
    await started.client.chat.postMessage({ channel: 'C0TEAMLD', text: '[as agreed] with {Nina' });
    await waitFor(async () => (await posts.count()) > before, { what: 'the post to be listed' });
    await posts.first().click();
    await drawer.getByText('"[as agreed] with {Nina"').first().waitFor();
    await drawer.getByRole('tab', { name: 'Events' }).click();
    await drawer.getByRole('cell').first().waitFor();
    expect(await drawer.getByRole('cell').allInnerTexts()).toEqual(['7', 'c0ffeec0ffee…']);
    expect(await faults()).toEqual([]);
  });

  it('guides whoever opens it first, and leaves alone whoever skipped that', async () => {
    const { page, main, faults } = await open('as=tom&at=general');
    await page.getByRole('button', { name: 'Tour' }).click();
    const tour = page.getByRole('complementary', { name: 'Tour' });
    await tour.getByText('Ask for it.').waitFor();
    await waitFor(async () => page.url().includes('as=nina&at=app'), { what: 'to be Nina' });
    await tour.getByRole('button', { name: 'Type it for me' }).click();
    expect(await main.getByRole('combobox').inputValue()).toBe('/exception');
    expect(await faults()).toEqual([]);
    await tour.getByRole('button', { name: 'Next' }).click();
    await waitFor(async () => page.url().includes('as=olga&at=exceptions-manager'), { what: 'to be Olga' });
    await tour.getByRole('button', { name: 'Skip the tour' }).click();
    await page.reload();
    await main.waitFor();
    expect(await tour.count()).toBe(0);
  });

  it('fits a phone, in the dark', async () => {
    const { page, goTo, main, faults, picture } = await open('as=nina&at=app', { width: 390, height: 780, dark: true });
    await page.getByRole('button', { name: 'Channels and people' }).click();
    await goTo('exceptions-manager');
    await main.getByRole('heading', { name: 'exceptions-manager' }).waitFor();
    const { wide, dark } = (await page.evaluate(LOOK)) as { wide: boolean; dark: string };
    expect({ wide, dark }).toEqual({ wide: false, dark: 'rgb(26, 29, 33)' });
    expect(await faults()).toEqual([]);
    await picture('phone-dark');
  });
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { type Listener, type Started, startListener, startSandbox } from '../sandbox/support.ts';
import { waitFor } from '../support/wait.ts';
import { describeInBrowser } from './support.ts';
import { launch, openWindow, type Window } from './window.ts';

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const PDF = { name: 'contract.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 fourteen days') };

/** A file on disk: handing so many bytes to the browser would take longer than the page does. */
async function largeFile(name: string, size: number): Promise<string> {
  folder ??= await mkdtemp(join(tmpdir(), 'local-slack-'));
  const path = join(folder, name);
  await writeFile(path, Buffer.alloc(size));
  return path;
}
let folder: string | undefined;

describeInBrowser('people writing on the page of a local Slack', () => {
  let browser: Browser;
  let started: Started;
  let app: Listener;
  const windows: Window[] = [];
  const open = async (query: string, look = {}): Promise<Window> => {
    const window = await openWindow(browser, started.sandbox.origin, query, look);
    windows.push(window);
    return window;
  };
  type Event = Record<string, unknown> & { type?: string };
  const events = (): Event[] => app.received.map(({ payload }) => (payload.event ?? {}) as Event);
  const heard = (what: string, test: (event: Event) => boolean) => waitFor(() => events().findLast(test), { what });

  beforeAll(async () => {
    browser = await launch();
    started = await startSandbox({ rateLimits: 'off' });
    app = await startListener(started.sandbox);
  });
  afterEach(async () => {
    for (const window of windows.splice(0)) await window.close();
    await started.sandbox.as('nina').modal()?.close({ everything: true });
  });
  afterAll(async () => {
    if (folder !== undefined) await rm(folder, { recursive: true });
    await browser?.close();
    await app?.stop();
    await started?.stop();
  });

  const actionsOf = async ({ main, page }: Window, text: string, action: string) => {
    const message = page.getByRole('article').filter({ hasText: text }).last();
    await message.hover();
    await message.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: action }).click();
    return main;
  };

  it('a reply is edited and deleted by whoever wrote it, live for everybody else', async () => {
    await started.client.chat.postMessage({ channel: 'C0TEAMLD', text: 'EX-12 waits for a team lead' });
    const nina = await open('as=nina&at=exceptions-team-lead');
    const tom = await open('as=tom&at=exceptions-team-lead');
    await nina.main.getByRole('article').last().hover();
    await nina.main.getByRole('button', { name: 'Reply in thread' }).last().click();
    const thread = nina.page.getByRole('complementary', { name: 'Thread' });
    await thread.getByRole('textbox', { name: 'Reply' }).fill('approved, @olga');
    await thread.getByRole('checkbox', { name: 'Also send to #exceptions-team-lead' }).check();
    await thread.getByRole('textbox', { name: 'Reply' }).press('Enter');
    await tom.main.getByText('replied to a thread').waitFor();
    await heard(
      'the broadcast',
      ({ subtype, text }) => subtype === 'thread_broadcast' && text === 'approved, <@U0OLGA>',
    );
    await waitFor(async () => !(await thread.getByRole('checkbox').isChecked()), { what: 'the tick to be gone' });

    await actionsOf(nina, 'approved', 'Edit message');
    const field = nina.page.getByRole('textbox', { name: 'Edit message' }).last();
    expect(await field.inputValue()).toBe('approved, @olga');
    await field.fill('I would approve');
    await field.press('Enter');
    const edited = tom.main.getByRole('article').filter({ hasText: 'I would approve' });
    await edited.getByText('(edited)').waitFor();
    expect(await edited.getByRole('button', { name: 'More actions' }).count()).toBe(0);
    expect(await nina.faults()).toEqual([]);
    await nina.picture('thread-edited');

    await actionsOf(nina, 'I would approve', 'Delete message');
    const question = nina.page.getByRole('alertdialog', { name: 'Delete message' });
    await question.getByRole('button', { name: 'Delete' }).click();
    await edited.waitFor({ state: 'hidden' });
    await heard('the deletion', ({ subtype }) => subtype === 'message_deleted');
  });

  it('a deleted message keeps its place while there are replies to it', async () => {
    const parent = started.sandbox.as('tom').say('exceptions-team-lead', 'Who has the contract?');
    started.sandbox.as('nina').reply('I do', { to: parent });
    const tom = await open('as=tom&at=exceptions-team-lead');
    await actionsOf(tom, 'Who has the contract?', 'Delete message');
    await tom.page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
    const grave = tom.main.getByRole('article', { name: 'Deleted message' });
    await grave.getByText('This message was deleted.').waitFor();
    await grave.getByRole('button', { name: /1 reply/ }).click();
    await tom.page.getByRole('complementary', { name: 'Thread' }).getByText('I do').waitFor();
    expect(await tom.faults()).toEqual([]);
    await tom.picture('thread-deleted');
  });

  it('files are chips that download, in messages and in forms', async () => {
    app.answer = async ({ payload }) => {
      if (payload.command === undefined) return {};
      await started.client.views.open({
        trigger_id: String(payload.trigger_id),
        view: {
          ...{ type: 'modal', title: plain('Evidence'), submit: plain('Send'), callback_id: 'evidence' },
          blocks: [
            {
              ...{ type: 'input', block_id: 'proof', label: plain('Proof') },
              element: { type: 'file_input', action_id: 'files' },
            },
          ],
        },
      });
      return {};
    };
    const nina = await open('as=nina&at=exceptions-team-lead');
    const { main, page, dialog } = nina;
    await main.getByLabel('Attach a file').setInputFiles(PDF);
    await main.getByRole('combobox', { name: /^Message / }).press('Enter');
    const chip = main.getByRole('link', { name: /contract\.pdf/ });
    await chip.waitFor();
    expect(await chip.innerText()).toMatch(/contract\.pdf\s+22 bytes/);
    const fetched = await page.request.get(new URL((await chip.getAttribute('href')) ?? '', page.url()).href);
    expect((await fetched.body()).equals(PDF.buffer)).toBe(true);
    await heard('the file', ({ files }) => JSON.stringify(files)?.includes('contract.pdf') === true);

    await nina.say('/exception');
    await dialog.getByLabel('Proof').setInputFiles({ ...PDF, name: 'letter.pdf' });
    const attached = dialog.getByRole('link', { name: /letter\.pdf/ });
    await attached.waitFor();
    expect(await attached.getAttribute('download')).toBe('letter.pdf');
    await dialog.getByLabel('Proof').setInputFiles(await largeFile('film.mov', 11_000_000));
    await page.getByText('film.mov is too large: Slack takes 10 MB in a form').first().waitFor();
    expect(await nina.faults()).toEqual([]);
    await nina.picture('form-file');
    await dialog.getByRole('button', { name: 'Remove letter.pdf' }).click();
    await attached.waitFor({ state: 'hidden' });
    await dialog.getByRole('button', { name: 'Cancel' }).click();
  });

  it('each tab of the app tells it that it was opened', async () => {
    const { page } = await open('as=nina&at=home');
    const opened = (tab: string) => heard(tab, (event) => event.type === 'app_home_opened' && event.tab === tab);
    await opened('home');
    await page.getByRole('tab', { name: 'Messages' }).click();
    await opened('messages');
  });

  it('an app that takes no messages has no place to write them', async () => {
    started.sandbox.workspace.app.home = { messagesReadOnly: true };
    const { main } = await open('as=nina&at=app');
    await main.getByText('Sending messages to this app has been turned off.').waitFor();
    expect(await main.getByRole('combobox', { name: /^Message / }).count()).toBe(0);
    delete started.sandbox.workspace.app.home;
  });
});

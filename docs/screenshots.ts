/**
 * `node docs/screenshots.ts`: the pictures of the README, taken of the demo itself. It starts the demo on a database that
 * is thrown away, plays one request through it in a browser, and writes docs/images. More pictures, for looking at, go to
 * the ignored folder screenshots. Needs Chromium; the pictures look best with the Inter or Lato fonts installed.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import type { Browser } from 'playwright-core';
import { sealFiles } from '../src/demo/memory.ts';
import { HOW_TO_GET_ONE, hasBrowser, launch, openWindow, type Window } from '../test/browser/window.ts';
import { unzip, writeFiles } from '../test/support/zip.ts';

const IMAGES = new URL('images/', import.meta.url);
const SIZE = { width: 1240, height: 780 };
const PHONE = { width: 390, height: 800 };
const START_MS = 120_000;

async function startDemo(data: string): Promise<{ origin: string; demo: ChildProcess }> {
  const demo = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'src/demo.ts'], {
    env: { ...process.env, CARVEOUT_DATA: data, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
    cwd: new URL('..', import.meta.url),
  });
  const origin = await new Promise<string>((resolve, reject) => {
    let said = '';
    const timer = setTimeout(() => reject(new Error(`the demo did not start:\n${said}`)), START_MS);
    demo.on('exit', () => reject(new Error(`the demo ended:\n${said}`)));
    demo.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const found = /Open (http:\/\/\S+) in a browser/.exec(said)?.[1];
      if (found === undefined) return;
      clearTimeout(timer);
      resolve(found);
    });
  });
  return { origin, demo };
}

async function ask({ say, dialog, choose, main, picture }: Window): Promise<void> {
  await say('/exception');
  await dialog.getByRole('heading', { name: 'Request an exception' }).waitFor();
  await choose('Policy', 'Refund window');
  await dialog.getByLabel('You ask for').waitFor();
  await dialog.getByLabel('Customer').fill('Nordlicht GmbH');
  await dialog.getByLabel('Decision value').fill('12,500');
  await dialog
    .getByLabel('Rationale')
    .fill('The pallets came damaged on day 28, and their buyer was on leave until day 40.');
  await dialog
    .getByLabel('Impact analysis')
    .fill('If refused, they end the framework contract. If allowed, one refund.');
  await dialog.getByLabel('You ask for').fill('45');
  await dialog.getByText('is a deviation of 50 %').waitFor();
  await picture('ask');
  await dialog.getByRole('button', { name: 'Send request' }).click();
  await main
    .getByText(/is on its way/)
    .last()
    .waitFor();
  await picture('asked');
}

async function talk(olga: Window): Promise<void> {
  const card = olga.main.getByRole('article').filter({ hasText: 'Nordlicht GmbH' });
  await card.getByRole('button', { name: /repl(y|ies)/ }).click();
  const thread = olga.page.getByRole('complementary', { name: 'Thread' });
  await thread
    .getByRole('textbox', { name: 'Reply' })
    .fill('The delivery note says day 28 indeed. I attach it to the case.');
  await thread.getByRole('button', { name: 'Send' }).click();
  await thread.getByText('The delivery note says').waitFor();
}

const save = ({ page }: Window, name: string) => page.screenshot({ path: new URL(`${name}.png`, IMAGES).pathname });

async function take(browser: Browser, origin: string): Promise<void> {
  const nina = await openWindow(browser, origin, 'as=nina&at=app', SIZE);
  await ask(nina);
  const olga = await openWindow(browser, origin, 'as=olga&at=exceptions-executive', SIZE);
  await talk(olga);
  await olga.page.mouse.move(0, 0);
  await save(olga, 'local-slack-light');
  const dark = await openWindow(browser, origin, 'as=olga&at=exceptions-executive', { ...SIZE, dark: true });
  await dark.page.getByRole('button', { name: 'Look inside' }).click();
  await dark.main.getByRole('button', { name: 'Approve' }).last().click();
  await dark.dialog.getByLabel('Rationale').fill('Delivery note and photographs agree with the request.');
  await dark.picture('decide-dark');
  await dark.dialog.getByRole('button', { name: 'Not now' }).click();
  await dark.page.getByRole('button', { name: 'views.open' }).first().click();
  await dark.page.getByRole('complementary', { name: 'Look inside' }).getByText('Arguments').waitFor();
  await save(dark, 'local-slack-dark');
  for (const look of [PHONE, { ...PHONE, dark: true }]) {
    const phone = await openWindow(browser, origin, 'as=erin&at=exceptions-executive', look);
    await phone.picture(`phone-${'dark' in look ? 'dark' : 'light'}`);
    await phone.page.getByRole('button', { name: 'Channels and people' }).click();
    await phone.picture(`phone-menu-${'dark' in look ? 'dark' : 'light'}`);
    await phone.close();
  }
  for (const window of [nina, olga, dark]) await window.close();
}

/** The week's report, as compliance finds it on Monday. */
async function reportPicture(browser: Browser, origin: string): Promise<void> {
  const cara = await openWindow(browser, origin, 'as=cara&at=exceptions-audit', { width: 860, height: 1240 });
  const report = cara.main.getByRole('article').filter({ has: cara.page.getByRole('button', { name: 'Sign off' }) });
  const drawn = report.getByRole('img').last();
  await drawn.waitFor();
  await drawn.evaluate((image) => (image as unknown as { decode(): Promise<void> }).decode());
  await report.screenshot({ path: new URL('report.png', IMAGES).pathname });
  await cara.close();
}

/** A request of the demo's past to which much happened. */
const PROVED = 'EX-1';

/** The report of an evidence pack, as its reader has it before them once the page has checked itself. */
async function packPicture(browser: Browser, data: string): Promise<void> {
  const file = join(data, 'pack.zip');
  const args = ['--disable-warning=ExperimentalWarning', 'src/cli.ts', 'audit', 'export', PROVED, '--out', file];
  const cwd = new URL('..', import.meta.url);
  await promisify(execFile)(process.execPath, args, {
    cwd,
    env: { ...process.env, CARVEOUT_DATA: data, CARVEOUT_SEAL_KEY: sealFiles(data).keyFile },
  });
  const folder = join(data, 'pack');
  writeFiles(folder, unzip(await readFile(file)));
  const page = await browser.newPage({ viewport: { width: 980, height: 1180 } });
  await page.goto(pathToFileURL(join(folder, 'report.html')).href);
  await page.locator('#verdict.right').waitFor();
  await page.screenshot({ path: new URL('pack.png', IMAGES).pathname });
  await page.close();
}

async function main(): Promise<void> {
  if (!hasBrowser) throw new Error(`there is no Chromium: ${HOW_TO_GET_ONE}`);
  await mkdir(IMAGES, { recursive: true });
  const data = await mkdtemp(join(tmpdir(), 'carveout-pictures-'));
  const { origin, demo } = await startDemo(data);
  const browser = await launch();
  try {
    // First, so that what the bot does after its start is done when its traffic is shown.
    await reportPicture(browser, origin);
    await packPicture(browser, data);
    await take(browser, origin);
  } finally {
    await browser.close();
    demo.kill('SIGTERM');
    if (demo.exitCode === null) await new Promise((resolve) => demo.once('exit', resolve));
    await rm(data, { recursive: true, force: true });
  }
}

await main();

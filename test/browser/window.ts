/** A real browser, and windows of the local Slack in it as a person uses them. */
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';

const PLACES = [
  ...['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'],
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
const { CHROMIUM } = process.env;
const executablePath = (CHROMIUM ? [CHROMIUM] : PLACES).find((path) => existsSync(path));

/** There is a browser on this machine. */
export const hasBrowser = executablePath !== undefined;
export const HOW_TO_GET_ONE = 'apt-get install chromium, or set CHROMIUM to the path of a Chromium or Chrome';

const FLAGS = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  ...['--disable-component-update', '--disable-sync'],
];

export const launch = (): Promise<Browser> =>
  chromium.launch({ ...(executablePath === undefined ? {} : { executablePath }), args: FLAGS });

const WAIT_MS = 5000;
/** The text of axe-core, for the page. */
const axe = readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
const SCREENSHOTS = new URL('../../screenshots/', import.meta.url);

export type Look = {
  width?: number;
  height?: number;
  dark?: boolean;
  /** In a browser that was never here: the tour begins. */
  stranger?: boolean;
};

/** One person's window. What goes wrong in its scripts fails the test that closes it. */
export type Window = {
  page: Page;
  /** The middle of the page, without people and places. */
  main: Locator;
  dialog: Locator;
  /** Types a slash command or a message into the channel's composer. */
  say: (text: string) => Promise<void>;
  become: (name: string) => Promise<void>;
  goTo: (place: string) => Promise<void>;
  choose: (label: string, option: string) => Promise<void>;
  /** What axe-core calls serious or critical, as `rule: where`. */
  faults: () => Promise<string[]>;
  picture: (name: string) => Promise<void>;
  close: () => Promise<void>;
};

/** Opens the page as somebody, with the tour put away unless it is a stranger's. */
export async function openWindow(browser: Browser, origin: string, query: string, look: Look = {}): Promise<Window> {
  const { width = 1280, height = 860, dark = false, stranger = false } = look;
  const page = stranger ? await browser.newPage({ locale: 'en-GB' }) : await knownPage(browser);
  await page.setViewportSize({ width, height });
  await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light', reducedMotion: 'reduce' });
  page.setDefaultTimeout(WAIT_MS);
  const errors: string[] = [];
  const note = (error: Error) => void errors.push(error.message);
  page.on('pageerror', note);
  await page.goto(`${origin}/?${query}`);
  const main = page.getByRole('main');
  const dialog = page.getByRole('dialog');
  await main.waitFor();
  return {
    page,
    main,
    dialog,
    async say(text) {
      const composer = main.getByRole('combobox', { name: /^Message / });
      await composer.fill(text);
      await composer.press('Enter');
    },
    become: (name) => page.getByRole('navigation', { name: 'Be someone' }).getByRole('link', { name }).click(),
    goTo: (place) =>
      page.getByRole('navigation', { name: 'Channels and apps' }).getByRole('button', { name: place }).click(),
    async choose(label, option) {
      const box = dialog.getByRole('combobox', { name: label });
      await box.click();
      await box.fill(option);
      await page.getByRole('option', { name: option }).first().click();
    },
    faults: () => faultsOn(page),
    async picture(name) {
      await mkdir(SCREENSHOTS, { recursive: true });
      await page.screenshot({ path: new URL(`${name}.png`, SCREENSHOTS).pathname });
    },
    async close() {
      page.off('pageerror', note);
      await page.goto('about:blank');
      if (stranger) await page.close();
      else idle.set(browser, [...(idle.get(browser) ?? []), page]);
      if (errors.length > 0) throw new Error(`the page's scripts failed: ${errors.join('; ')}`);
    },
  };
}

/** Windows that were closed, to be used again: a new one costs more than the page that is shown in it. */
const idle = new WeakMap<Browser, Page[]>();

const knownPage = async (browser: Browser): Promise<Page> => idle.get(browser)?.pop() ?? newPage(browser);

/** In a profile of its own: where two share one, the browser draws the one in the background once a second. */
async function newPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-GB' });
  await context.addInitScript(() => localStorage.setItem('local-slack-tour', 'done'));
  return context.newPage();
}

/** Run in the page, which answers in a few words: all that axe-core found would take longer to hand over than to find. */
const FAULTS = `(async () => {
  const { violations } = await axe.run({ resultTypes: ['violations'] });
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => id + ': ' + nodes.map(({ target }) => target.join(' ')).join(', '));
})()`;

/** What axe-core calls serious or critical, as `rule: where`. */
export async function faultsOn(page: Page): Promise<string[]> {
  if (!(await page.evaluate("'axe' in window"))) await page.evaluate(await axe);
  return (await page.evaluate(FAULTS)) as string[];
}

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeInBrowser } from '../browser/support.ts';
import { faultsOn, hasBrowser, launch } from '../browser/window.ts';
import { type Company, createCompany, HOSTILE, liveThrough } from './company.ts';

let company: Company;
let browser: Browser | undefined;
let folder: string;
let report: string;
beforeAll(async () => {
  if (!hasBrowser) return;
  folder = mkdtempSync(join(tmpdir(), 'carveout-report-'));
  company = await createCompany();
  const number = await liveThrough(company);
  await company.seal();
  report = (await company.pack({ number })).files.get('report.html')?.toString() ?? '';
  browser = await launch();
});
afterAll(async () => {
  await browser?.close();
  await company?.close();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

type Look = { scripts?: boolean; crypto?: boolean };
let plain: Page | undefined;
/** Another browser's window where it is to lack something; else one for all, which is quicker. */
async function windowFor({ scripts = true, crypto = true }: Look): Promise<Page> {
  if (!browser) throw new Error('there is no browser');
  if (scripts && crypto) {
    plain ??= await browser.newPage();
    return plain;
  }
  const page = await (await browser.newContext({ javaScriptEnabled: scripts })).newPage();
  if (!crypto) await page.addInitScript(() => Object.defineProperty(globalThis, 'crypto', { value: {} }));
  return page;
}

let pages = 0;
/** Opens the page from the disk, as an auditor does who has unpacked it. */
async function open(html: string, look: Look = {}) {
  const file = join(folder, `${++pages}.html`);
  writeFileSync(file, html);
  const page = await windowFor(look);
  const loaded: string[] = [];
  const note = (request: { url(): string }) => void loaded.push(request.url());
  page.on('request', note);
  await page.goto(pathToFileURL(file).href);
  if (look.scripts !== false) await page.locator('#verdict.right, #verdict.wrong, #verdict.unsure').waitFor();
  page.off('request', note);
  const verdict = page.getByRole('status');
  return { page, loaded, kind: await verdict.getAttribute('class'), said: await verdict.innerText() };
}
const with_ = (from: string | RegExp, to: string): string => {
  const changed = report.replace(from, to);
  if (changed === report) throw new Error(`the report has no ${from}`);
  return changed;
};

describeInBrowser('the report of a pack', () => {
  it('checks itself in the browser it is read with, from the disk, and loads nothing', async () => {
    const { page, loaded, kind, said } = await open(report);
    expect(kind).toBe('right');
    expect(said).toMatch(/^Checked in this browser, just now: \d+ events give their hashes, .* \d+ quotations/);
    expect(loaded).toHaveLength(1);
    const words = page.locator('blockquote').filter({ hasText: 'Line one' });
    expect(await words.evaluate((quote) => quote.textContent)).toBe(HOSTILE);
    expect(await page.evaluate('document.scripts.length')).toBe(2);
    expect(await faultsOn(page)).toEqual([]);
  });

  it.each([
    [
      'what somebody wrote',
      () => with_('>Number 7.<', '>Number 8.<'),
      /“Number 8\.”, which is not what the record says/,
    ],
    ['what somebody wrote, everywhere', () => report.replaceAll('Number 7.', 'Number 8.'), /does not give its hash/],
    ['what a source said', () => with_('<dd>1,200</dd>', '<dd>9,200</dd>'), /other facts than the source said/],
    [
      'a figure in an event',
      () => with_('"value":"900"', '"value":"90"'),
      /request\/1, event 1: it is not what was sealed/,
    ],
    [
      'the hash of an event',
      () => with_(/(data-hash="request\/1 3">)[0-9a-f]/, '$1g'),
      /request\/1, event 3 is not the event's/,
    ],
    ['a row of the history', () => with_(/<tr><td>4<\/td>.*?<\/tr>/s, ''), /does not have every event/],
    ['the root', () => with_(/data-root>..../, 'data-root>AAAA'), /The root that is shown is another one/],
    [
      'a proof',
      () => with_(/"proof":\["..../, '"proof":["AAAA'),
      /it is not what was sealed, or its proof was changed/,
    ],
    [
      'the events, cut short',
      () => with_('"events":[{', '"events":[x'),
      /could not be checked, so it was probably changed/,
    ],
  ])('says what is wrong after a change of %s', async (_what, changed, because) => {
    const { kind, said } = await open(changed());
    expect([kind, said]).toEqual(['wrong', expect.stringMatching(because)]);
  });

  it('can be read without scripts, and says that nothing was checked', async () => {
    const { page, said } = await open(report, { scripts: false });
    expect(said).toContain('Not checked: scripts do not run here.');
    expect(await page.getByRole('heading', { name: 'Who decided' }).isVisible()).toBe(true);
  });

  it('says so where the browser computes no hashes', async () => {
    const { kind, said } = await open(report, { crypto: false });
    expect([kind, said]).toEqual(['unsure', expect.stringContaining('Run node verify.mjs')]);
  });

  it('runs no script but its own, whatever somebody puts in', async () => {
    const { page } = await open(
      with_('<main>', '<main><script>document.title = "mine"</script><img src=x onerror="document.title=1">'),
    );
    expect(await page.title()).toBe('EX-1: Goodwill');
  });

  it('fits a phone, and prints on a few pages', async () => {
    const { page } = await open(report);
    await page.setViewportSize({ width: 390, height: 800 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    const sheets = pdf.match(/\/Type \/Page\b(?!s)/g)?.length ?? 0;
    expect(sheets).toBeGreaterThan(2);
    expect(sheets).toBeLessThan(10);
  });
});

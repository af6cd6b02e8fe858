/** The demo as somebody runs it, in a folder of its own. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Shell, shell } from '../support/shell.ts';
import { waitFor } from '../support/wait.ts';

type Message = { ts: string; text: string };
type State = { channels: { name: string; messages: Message[] }[]; ephemerals: Message[] };
type Clock = { now: string; jumps: { label: string; to: string }[] };

let folder: string;
let demo: Shell;
let page: string;
let env: Record<string, string>;

async function start(options = ''): Promise<void> {
  demo = shell(`npm run demo${options && ` -- ${options}`}`, env);
  page = await waitFor(() => /Open (http:\S+) in/.exec(demo.output())?.[1], {
    what: 'the demo to be ready',
    timeoutMs: 20_000,
  });
}
const look = async <T>(path: string): Promise<T> => (await fetch(`${page}/_sandbox/${path}`)).json() as Promise<T>;
const send = (path: string, body: object) =>
  fetch(`${page}/_sandbox/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }).then((answer) => answer.json());
const saidIn = async (channel: string): Promise<Message[]> =>
  (await look<State>('state?as=U0OLGA')).channels.find(({ name }) => name === channel)?.messages ?? [];
const ofPast = ({ text }: Message) => /EX-\d+/.test(text);
const panel = async <T>(id: string): Promise<T> => (await look<{ panel: T }>(`panels/${id}`)).panel;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'carveout-demo-'));
  env = { CARVEOUT_DATA: join(folder, 'data'), PORT: '0' };
  await start();
});
afterAll(async () => {
  await demo.stop();
  rmSync(folder, { recursive: true, force: true });
});

it('has a past whose record holds together, and cards of what is open', async () => {
  expect(await panel<object>('chain')).toMatchObject({ result: 'nothing changed or missing' });
  const verified = shell('npx node src/cli.ts audit verify', env);
  expect([await verified.ended, verified.output()]).toEqual([0, expect.stringContaining('nothing changed or missing')]);
  expect((await saidIn('exceptions-manager')).filter(ofPast).length).toBeGreaterThan(3);
  expect((await saidIn('exceptions-audit')).filter(({ text }) => /\d+ asked, \d+ approved/.test(text))).toHaveLength(1);
  const [newest] = await panel<{ type: string }[]>('events');
  expect(newest).toHaveProperty(['prev_hash → hash']);
});

it('fills the list of whoever asks for it', async () => {
  const asked = { act: 'command', as: 'U0OLGA', command: '/exception', text: 'list' };
  expect(await send('act', asked)).toMatchObject({ ok: true });
  const listed = async () => (await look<State>('state?as=U0OLGA')).ephemerals.some(({ text }) => /wait/.test(text));
  await waitFor(listed, { what: 'Olga to be told what waits for her' });
});

it('has sources that can be switched off and made to disagree on a page of their own', async () => {
  const address = /three sources of facts: (http:\S+)\. /.exec(demo.output())?.[1] ?? '';
  const read = async () => (await fetch(address)).text();
  expect(await read()).toContain('It answers.');
  await fetch(`${address}/switch/crm`, { method: 'POST' });
  await fetch(`${address}/switch/contracts`, { method: 'POST' });
  expect(await read()).toMatch(/It is switched off.*They have the segment of last year/s);
  expect((await fetch(`${address}/customers/ACME`)).status).toBe(503);
  const elsewhere = { method: 'POST', headers: { origin: 'http://elsewhere.example' } };
  expect((await fetch(`${address}/switch/crm`, elsewhere)).status).toBe(404);
  expect(await panel('sources')).toMatchObject({ CRM: 'is switched off', 'Contract records': 'disagree with the CRM' });
});

it('goes on where it stopped: the clock, what was said and what is recorded', async () => {
  const { jumps } = await look<Clock>('clock');
  expect(jumps.map(({ label }) => label.replace(/ of EX-\d+/, ''))).toEqual([
    ...['2 h before the deadline', 'after the deadline', 'next Monday 09:00'],
  ]);
  const monday = jumps.at(-1)?.to ?? '';
  expect(await send('clock', { to: monday })).toMatchObject({ ok: true });
  const reported = async () =>
    (await panel<{ type: string; at: string }[]>('events')).some(
      ({ type, at }) => type === 'week_reported' && at >= monday,
    );
  await waitFor(reported, { what: 'the week to be reported' });
  const before = await saidIn('exceptions-executive');
  await demo.stop();
  await start();
  expect((await look<Clock>('clock')).now >= monday).toBe(true);
  const texts = (await saidIn('exceptions-executive')).map(({ ts }) => ts);
  expect(texts).toEqual(expect.arrayContaining(before.map(({ ts }) => ts)));
});

it('starts over, and without a past where none is wanted', async () => {
  await demo.stop();
  await start('--reset --empty');
  expect((await saidIn('exceptions-manager')).filter(ofPast)).toEqual([]);
  const recorded = await panel<{ type: string }[]>('events');
  expect(recorded.map(({ type }) => type).sort()).toEqual(['policy_published', 'seal_key_changed']);
  expect(Date.parse((await look<Clock>('clock')).now) - Date.now()).toBeLessThan(60_000);
});

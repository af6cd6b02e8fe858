/** What is written for people is true: the README's commands run, its samples are what they print, names and links lead somewhere. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../src/config.ts';
import { createSandbox, type Sandbox, seededApp, seededCompany } from '../src/sandbox/index.ts';
import { registerWorkspace } from '../src/store/workspaces.ts';
import { createTestDatabase, type TestDatabase } from './support/database.ts';
import { createHistory } from './support/history.ts';
import { readSources } from './support/imports.ts';
import { blocksOf, deadLinks, exists, readDocument, readDocuments, spansOf, tableBelow } from './support/markdown.ts';
import { type Shell, shell } from './support/shell.ts';
import { waitFor } from './support/wait.ts';

const README = readDocument('README.md');
const OPERATIONS = readDocument('docs/operations.md');
const DOCUMENTS = readDocuments();
const COMMANDS = [
  ...new Set(
    blocksOf(README)
      .filter(({ language }) => language === 'sh')
      .flatMap(({ lines }) => lines),
  ),
];

/** Commands that cannot be run here, and why. */
const NOT_RUN: Readonly<Record<string, string>> = {
  'npm ci': 'it would take away the modules under the tests that run',
  'npm test': 'it is what runs this',
};
const EXPORT = /^export ([A-Z_]+)=(\S+)$/;

const APP = seededApp();
const { team } = seededCompany();
const at = (day: number, hour: number, minute = 0) => new Date(Date.UTC(2026, 0, day, hour, minute)).toISOString();

let slack: Sandbox;
let database: TestDatabase;
let folder: string;
/** The environment of the bot, as the README has it exported. */
let env: Record<string, string>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'carveout-readme-'));
  slack = await createSandbox({ company: seededCompany(), app: APP, rateLimits: 'off' });
  database = await createTestDatabase();
  await makePast(database.url);
  env = {
    ...{ DATABASE_URL: database.url, SLACK_API_URL: slack.apiUrl, PORT: '0' },
    ...{ SLACK_BOT_TOKEN: APP.botToken, SLACK_APP_TOKEN: APP.appToken },
  };
});
afterAll(async () => {
  await slack.stop();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

/** The week of the README's samples. */
async function makePast(url: string): Promise<void> {
  const history = await createHistory(url, team.id);
  await registerWorkspace(history.db, { teamId: team.id, name: team.name, botUserId: APP.botUserId, since: at(1, 0) });
  const acme = await history.ask(at(5, 9), { customer: 'ACME', deviation: '25', value: '900' });
  await history.confirm(at(5, 10), acme);
  await history.approve(at(5, 14), acme, 'manager');
  const globex = await history.ask(at(6, 9), {
    ...{ customer: 'Globex', rule: 'discount', deviation: '50', value: '12500', happened: true },
  });
  await history.confirm(at(6, 11, 30), globex);
  await history.approve(at(7, 16, 5), globex, 'executive');
  const initech = await history.ask(at(7, 8), { customer: 'Initech', deviation: '15', value: '300' });
  await history.reject(at(7, 9, 45), initech);
  await history.close();
}

/** What the README shows below a command, line by line; `…` stands for any lines. */
function sampleOf(command: string): string[] {
  const blocks = blocksOf(README);
  const at = blocks.findIndex(
    ({ lines }, index) => lines.length === 1 && lines[0] === command && blocks[index + 1]?.language === 'text',
  );
  return at === -1 ? [] : (blocks[at + 1]?.lines ?? []);
}

/** A line without what is different every time. */
const alike = (line: string): string =>
  line
    .replace(/https?:\/\/\S+/, 'ADDRESS')
    .replace(/(where it is|Chain verified) .*?\d\d:\d\d/, '$1 WHEN')
    .replace(/Postgres \d+/, 'Postgres N')
    .replace(/\d+ warnings?/, 'N warnings');

/** Lines of the sample that are not in the output, in this order; all of it where nothing is left out. */
function missingFrom(output: string[], sample: string[]): string[] {
  if (!sample.includes('…') && sample.length !== output.length) return output;
  let from = 0;
  return sample.filter((line) => {
    if (line === '…') return false;
    const found = output.indexOf(line, from);
    if (found >= 0) from = found + 1;
    return found < 0;
  });
}

const isOperators = (command: string) => command.startsWith('npx node src/cli.ts ');

/** What the pattern's group matches in what a program prints. */
const printed = (program: Shell, pattern: RegExp): Promise<string> =>
  waitFor(
    () => {
      const found = pattern.exec(program.output())?.[1];
      // What was printed instead is the cause of the failure.
      if (found === undefined) throw new Error(program.output());
      return found;
    },
    { what: `a program to print ${pattern}`, timeoutMs: 60_000 },
  );

describe('the README', () => {
  it('has no command that was not tried', () => {
    const tried = ['npm run demo', 'npm start', ...Object.keys(NOT_RUN)];
    const unknown = COMMANDS.filter((line) => !tried.includes(line) && !isOperators(line) && !EXPORT.test(line));
    expect(unknown).toEqual([]);
    expect(COMMANDS).toEqual(expect.arrayContaining(tried));
  });

  it('exports what the bot takes', () => {
    const exported = COMMANDS.flatMap((line) => [EXPORT.exec(line)?.slice(1) ?? []]).filter(([name]) => name);
    expect(readConfig(Object.fromEntries(exported)).slack.delivery.mode).toBe('socket');
  });

  it.each(COMMANDS.filter(isOperators))('%s prints what the sample shows', async (command) => {
    const running = shell(command, env);
    const code = await running.ended;
    const lines = running
      .output()
      .split('\n')
      .filter((line) => line.trim() !== '');
    expect(missingFrom(lines.map(alike), sampleOf(command).map(alike)), running.output()).toEqual([]);
    expect([code, sampleOf(command).length > 0]).toEqual([0, true]);
  });

  it('npm run demo prints the address of a page that answers', async () => {
    const demo = shell('npm run demo', { CARVEOUT_DATA: join(folder, 'demo'), PORT: '0' });
    try {
      const page = await printed(demo, /(http:\/\/127\.0\.0\.1:\d+)/);
      const answer = await fetch(page);
      expect(answer.status).toBe(200);
      expect(await answer.text()).toMatch(/<!doctype html>/i);
    } finally {
      await demo.stop();
    }
  }, 90_000);

  it('npm start becomes ready, answers on its paths, and has the figures that the documents name', async () => {
    const bot = shell('npm start', env);
    try {
      const origin = `http://127.0.0.1:${await printed(bot, /"port":(\d+)/)}`;
      const status = async (path: string) => (await fetch(origin + path)).status;
      await waitFor(async () => (await status('/readyz')) === 200, { what: 'readyz', timeoutMs: 60_000 });
      expect(await status('/healthz')).toBe(200);
      const figures = async () => (await fetch(`${origin}/metrics`)).text();
      // The queue comes up a moment after decisions can be made; then it tells what the past has left to tell.
      await waitFor(async () => (await figures()).includes('carveout_queue_depth'), {
        what: 'the queue to have figures',
      });
      const delivered = /^carveout_deliveries_total\{outcome="done"\} [1-9]/m;
      await waitFor(async () => delivered.test(await figures()), { what: 'something to be delivered and counted' });
      const exposed = [...(await figures()).matchAll(/^# TYPE (\w+)/gm)].map(([, name]) => name);
      const named = tableBelow(OPERATIONS, 'Metrics').map(([name = '']) => name.replaceAll('`', '').split('{')[0]);
      expect(exposed.sort()).toEqual(named.sort());
    } finally {
      await bot.stop();
    }
  }, 90_000);

  it('names every variable of the environment, and no other', () => {
    const source = readFileSync(new URL('../src/config.ts', import.meta.url), 'utf8');
    const known = new Set([...source.matchAll(/^ {2}([A-Z_]+): /gm)].map(([, name]) => `\`${name}\``));
    const named = tableBelow(README, 'Environment').map(([name]) => name);
    expect(named.sort()).toEqual([...known].sort());
  });

  it('quotes the policy file as it is', () => {
    const policy = readFileSync(new URL('../policy.yaml', import.meta.url), 'utf8').split('\n');
    const quoted = blocksOf(README).filter(({ language }) => language === 'yaml');
    expect(quoted.flatMap(({ lines }) => lines).filter((line) => !policy.includes(line))).toEqual([]);
    expect(quoted).not.toEqual([]);
  });
});

describe.each(DOCUMENTS)('$file', (document) => {
  it('has no link that leads nowhere', () => expect(deadLinks(document)).toEqual([]));

  it('names no file that is not there', () => {
    const paths = spansOf(document).filter((span) => /^(src|test|bench|docs|migrations|\.ci)\/[\w./-]*$/.test(span));
    expect(paths.filter((path) => !exists(path))).toEqual([]);
  });

  it('names no script or command that is not there', () => {
    const { scripts } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
    const commands = sampleOf('npx node src/cli.ts help').flatMap((line) => /^ {2}(\w+)/.exec(line)?.slice(1) ?? []);
    const run = [...document.text.matchAll(/\bnpm run (\w+)/g)].map(([, name = '']) => name);
    const called = [...document.text.matchAll(/\bnode src\/cli\.ts (\w+)/g)].map(([, name = '']) => name);
    expect(run.filter((name) => !(name in scripts))).toEqual([]);
    expect(called.filter((name) => !commands.includes(name))).toEqual([]);
  });
});

describe('docs/operations.md', () => {
  it('explains lines of the log that the program writes', () => {
    const program = readSources()
      .map(({ text }) => text)
      .join('\n')
      .replaceAll("\\'", "'")
      .replaceAll(/\$\{[^}]*\}/g, '…');
    const explained = tableBelow(OPERATIONS, 'What the log says').map(([line = '']) => line.replaceAll('`', ''));
    expect(explained.length).toBeGreaterThan(20);
    expect(explained.filter((line) => !program.includes(line))).toEqual([]);
  });
});

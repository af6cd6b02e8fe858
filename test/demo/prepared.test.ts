/** A past that is made when the packages are installed, and what a first start makes of it. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { placePrepared } from '../../src/demo/prepared.ts';
import { prepare } from '../../src/demo/preparing.ts';
import { startDemo } from '../../src/demo/start.ts';
import { startEmbeddedPostgres } from '../../src/embedded/launcher.ts';
import { createLogger } from '../../src/log.ts';
import { verifyChains } from '../../src/store/audit/verify.ts';
import { connect } from '../../src/store/connect.ts';

const POLICY = fileURLToPath(new URL('../../src/demo/policy.yaml', import.meta.url));
const HOUR = 3_600_000;
const log = createLogger({ level: 'silent' });

let folder: string;
let place: string;
/** When the past that was made ahead ends. */
let until: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'carveout-prepared-'));
  place = join(folder, 'past');
  await prepare({}, place);
  ({ until } = JSON.parse(readFileSync(join(place, 'prepared.json'), 'utf8')));
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const settingsIn = (name: string) => ({ dataDir: join(folder, name), policyFile: POLICY, empty: false });
const later = (hours: number) => new Date(Date.parse(until) + hours * HOUR).toISOString();

describe('a first start', () => {
  it('takes it whole, and its clock goes on where the past ended: nothing fell due meanwhile', async () => {
    const settings = { ...settingsIn('first'), port: 0, reset: false };
    const began = Date.now();
    const begins = placePrepared(settings, new Date().toISOString(), place);
    expect(begins).toBe(until);
    const database = await startEmbeddedPostgres({ dataDir: settings.dataDir });
    const demo = await startDemo({ settings, database, begins, log });
    const { db, close } = connect(database.url, log, 1);

    const [workspace] = await db.selectFrom('workspaces').select(['team_id', 'clock_offset_ms']).execute();
    const behind = -Number(workspace?.clock_offset_ms);
    expect(behind).toBeGreaterThanOrEqual(began - Date.parse(until));
    expect(behind).toBeLessThanOrEqual(Date.now() - Date.parse(until));
    expect(await verifyChains(db, workspace?.team_id ?? '')).toMatchObject({ faulty: 0 });
    const state = await (await fetch(`${demo.page}/_sandbox/state?as=U0OLGA`)).text();
    expect(state).toContain('EX-1');

    await close();
    await demo.stop();
    expect(placePrepared(settings, new Date().toISOString(), place), 'a second start').toBeNull();
  }, 60_000);
});

describe('a past is made anew', () => {
  it('where the one made ahead is a day old, or lies ahead of the machine’s clock', () => {
    expect(placePrepared(settingsIn('old'), later(24), place)).toBeNull();
    expect(placePrepared(settingsIn('young'), later(-1), place)).toBeNull();
    expect(placePrepared(settingsIn('fair'), later(23.9), place)).toBe(until);
  });

  it('where it was decided by another policy', () => {
    const policyFile = join(folder, 'other.yaml');
    writeFileSync(policyFile, `${readFileSync(POLICY, 'utf8')}\n# Ours.\n`);
    expect(placePrepared({ ...settingsIn('policy'), policyFile }, later(1), place)).toBeNull();
  });

  it('where none was asked for', () => {
    expect(placePrepared({ ...settingsIn('empty'), empty: true }, later(1), place)).toBeNull();
  });

  it('where none was made ahead, or what was made is broken', () => {
    expect(placePrepared(settingsIn('none'), later(1), join(folder, 'nowhere'))).toBeNull();
    const broken = join(folder, 'broken');
    mkdirSync(broken);
    writeFileSync(join(broken, 'prepared.json'), readFileSync(join(place, 'prepared.json')));
    expect(placePrepared(settingsIn('broken-data'), later(1), broken)).toBeNull();
  });

  it('where the packages were installed for the bot alone', async () => {
    const bot = join(folder, 'bot');
    await prepare({ NODE_ENV: 'production' }, bot);
    expect(placePrepared(settingsIn('bot-data'), later(1), bot)).toBeNull();
  });
});

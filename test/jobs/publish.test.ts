import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { publishWith, type Sink, sinksOf } from '../../src/jobs/publish/index.ts';
import { createLogger } from '../../src/log.ts';
import { noteOf, originOf, parseNotes } from '../../src/proof/checkpoint.ts';
import { leafHash } from '../../src/proof/merkle.ts';
import { createTestStore, owedIn, type TestStore } from '../support/store.ts';

const NOW = '2026-11-16T09:00:00.000Z';
const folder = mkdtempSync(join(tmpdir(), 'carveout-publish-'));
let store: TestStore;
let team = '';
let tests = 0;

beforeAll(async () => {
  store = await createTestStore();
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  team = `T0PUBLISH${++tests}`;
});

/** @param age since it was written, on the machine's clock, in minutes */
async function checkpoint(size: number, age = 0): Promise<string> {
  const root = leafHash(Buffer.from(`${size}`));
  const note = noteOf({ origin: originOf(team), size, root, at: NOW }, null);
  const written_at = new Date(Date.now() - age * 60_000).toISOString();
  await store.db.insertInto('checkpoints').values({ team_id: team, size, root, at: NOW, note, written_at }).execute();
  return note;
}

/** A place that keeps what it is given, and can be broken. */
function place(kind: Sink['place']) {
  const sink = { got: [] as string[], broken: false };
  const publish = async (note: string) => {
    if (sink.broken) throw new Error('the disk is full');
    sink.got.push(note);
  };
  return Object.assign(sink, { place: kind, ref: `my ${kind}`, publish });
}

const job = (sinks: Sink[]) =>
  publishWith({
    ...{ db: store.db, teamId: team, clock: { now: () => NOW }, log: createLogger({ level: 'silent' }), sinks },
    text: (...said) => said.join('|'),
    wake: () => undefined,
  });
const owed = () => owedIn(store, team);

describe('checkpoints outside of Slack', () => {
  it('begin with the latest, and from then on each is published once and in order', async () => {
    const [file] = [place('file')];
    await checkpoint(1);
    const latest = await checkpoint(2);
    const publish = job([file]);
    await publish();
    expect(file.got).toEqual([latest]);
    const next = [await checkpoint(3), await checkpoint(4)];
    await publish();
    await publish();
    expect(file.got).toEqual([latest, ...next]);
  });

  it('are published once where two replicas are at it', async () => {
    const file = place('file');
    await checkpoint(1);
    await job([file])();
    for (let size = 2; size <= 20; size++) await checkpoint(size);
    await Promise.all(Array.from({ length: 4 }, () => job([file])()));
    await job([file])();
    expect(parseNotes(file.got.join('\n')).map((note) => note.checkpoint.size)).toEqual(
      Array.from({ length: 20 }, (_, i) => i + 1),
    );
  });

  it('reach one place while another fails, and that one when it works again, with nothing left out', async () => {
    const [file, webhook] = [place('file'), place('webhook')];
    const publish = job([file, webhook]);
    const notes = [await checkpoint(1)];
    await publish();
    file.broken = true;
    notes.push(await checkpoint(2), await checkpoint(3));
    await publish();
    expect([file.got, webhook.got]).toEqual([notes.slice(0, 1), notes]);
    expect(await owed()).toEqual([]);
    file.broken = false;
    await publish();
    expect(file.got).toEqual(notes);
  });

  it('that a place goes on refusing are told to the admins, one alert a day and place', async () => {
    const file = Object.assign(place('file'), { broken: true });
    await checkpoint(1, 16);
    await job([file])();
    const alert = { kind: 'alert', problem: 'seal/file', text: 'file|my file|the disk is full', day: '2026-11-16' };
    expect(await owed()).toEqual([alert]);
  });

  it('that a place never took one is told as well, though the latest is always a new one', async () => {
    const file = Object.assign(place('file'), { broken: true });
    await checkpoint(1, 16);
    await checkpoint(2);
    await job([file])();
    expect(await owed()).toMatchObject([{ problem: 'seal/file' }]);
  });
});

describe('the file', () => {
  const fileAt = (name: string) => {
    const file = join(folder, name);
    const [sink] = sinksOf({ file, webhook: undefined });
    if (!sink) throw new Error('there is no sink');
    return { file, sink, read: () => readFileSync(file, 'utf8') };
  };

  it('has the notes one after the other, with an empty line between them', async () => {
    const { sink, read } = fileAt('plain.txt');
    const notes = [await checkpoint(1), await checkpoint(2)];
    for (const note of notes) await sink.publish(note);
    expect(read()).toBe(`${notes[0]}\n${notes[1]}\n`);
  });

  it('does not get again what it has already, though whoever wrote it died before saying so', async () => {
    const { sink, read } = fileAt('again.txt');
    const note = await checkpoint(1);
    await sink.publish(note);
    await sink.publish(note);
    expect(read()).toBe(`${note}\n`);
  });

  it('stays readable after a note that was torn in the middle', async () => {
    const { file, sink, read } = fileAt('torn.txt');
    const [first, second] = [await checkpoint(1), await checkpoint(2)];
    appendFileSync(file, first.slice(0, 40));
    await sink.publish(second);
    expect(parseNotes(read()).map(({ checkpoint: { size } }) => size)).toEqual([2]);
  });
});

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoApp } from '../../src/demo/app.ts';
import { isSignedBy, originOf, parseNotes, verifierKeyOf } from '../../src/proof/checkpoint.ts';
import { Frontier, leafHash } from '../../src/proof/merkle.ts';
import { type Message, seededCompany } from '../../src/sandbox/index.ts';
import { makeSealKey } from '../../src/sealKey.ts';
import { withClient } from '../support/database-url.ts';
import { ask, decide, type Office, openOffice, reads } from '../support/office.ts';
import { waitFor } from '../support/wait.ts';

const TEAM = seededCompany().team.id;
const AUDIT = 'C0AUDIT';
const folder = mkdtempSync(join(tmpdir(), 'carveout-seal-'));
const FILE = join(folder, 'checkpoints.txt');
const KEY = makeSealKey(join(folder, 'seal.pem'));

/** Whoever keeps checkpoints outside; at first it is not well. */
const sink = { answers: 503, got: [] as string[] };
let server: Server;
let office: Office;

beforeAll(async () => {
  server = createServer((req, res) => {
    const parts: Buffer[] = [];
    req.on('data', (part: Buffer) => parts.push(part));
    req.on('end', () => {
      if (sink.answers === 200) sink.got.push(Buffer.concat(parts).toString());
      res.writeHead(sink.answers).end();
    });
  }).listen(0);
  const { port } = server.address() as AddressInfo;
  const webhook = `http://127.0.0.1:${port}/checkpoints?token=secret`;
  office = await openOffice({ seal: { keyFile: join(folder, 'seal.pem'), file: FILE, webhook } });
});
afterAll(async () => {
  await office.close();
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true });
});

const inAudit = (): Message[] => office.sandbox.messages().filter(({ channel }) => channel === AUDIT);
const roots = () => inAudit().filter(({ text, thread_ts }) => !thread_ts && text?.startsWith('Seal of the record'));
const repliesTo = (root: Message | undefined) => inAudit().filter(({ thread_ts }) => thread_ts === root?.ts);
/** Sizes of the checkpoints that stand in a text, in their order. */
const sizesIn = (text: string): number[] => parseNotes(text).map(({ checkpoint }) => checkpoint.size);
const sizesInSlack = () =>
  sizesIn(
    repliesTo(roots().at(-1))
      .map((message) => office.sandbox.read(message))
      .join('\n'),
  );
const sizesInFile = () => sizesIn(readFileSync(FILE, 'utf8'));
const sizesAtSink = () => sizesIn(sink.got.join('\n'));

/** Hashes of all events that are in the tree, in its order. */
const hashes = (): Promise<string[]> =>
  withClient(office.database.url, async (client) => {
    const { rows } = await client.query<{ hash: string }>(
      'select e.hash from leaves l join events e using (team_id, stream, seq) where team_id = $1 order by position',
      [TEAM],
    );
    return rows.map(({ hash }) => hash);
  });
const countEvents = (): Promise<number> =>
  withClient(office.database.url, async (client) => {
    const { rows } = await client.query<{ count: string }>('select count(*) from events where team_id = $1', [TEAM]);
    return Number(rows[0]?.count);
  });

/** Lets some minutes pass until there is a checkpoint of everything that happened. @returns its size */
const sealed = (): Promise<number> =>
  waitFor(
    async () => {
      await office.pass(0.1);
      const events = await countEvents();
      return sizesInFile().at(-1) === events && sizesInSlack().at(-1) === events && events;
    },
    { what: 'a checkpoint of all that happened' },
  );

describe('what was decided', () => {
  it('is in a checkpoint soon after: in a thread of the audit channel and in the file, signed, though the address fails', async () => {
    const card = await ask(office, office.as('nina'), { Customer: 'Nordlicht' });
    await decide(office, office.as('olga'), 'Approve', card);
    await reads(office, card, 'confirmed by Olga');
    const size = await sealed();
    const [root, ...others] = roots();
    expect(others).toEqual([]);
    expect(root && office.sandbox.read(root)).toContain('Nothing to do here');
    const last = repliesTo(root).at(-1);
    const [note] = parseNotes(last ? office.sandbox.read(last) : '');
    const tree = new Frontier();
    for (const hash of await hashes()) tree.append(leafHash(Buffer.from(hash, 'hex')));
    expect(note?.checkpoint).toMatchObject({ origin: originOf(TEAM), size, root: tree.root() });
    expect(note && isSignedBy(note, verifierKeyOf(originOf(TEAM), KEY))).toBe(true);
    expect(last?.pings).toEqual([]);
    expect(parseNotes(readFileSync(FILE, 'utf8')).at(-1)).toEqual(note);
    expect(sink.got).toEqual([]);
  });

  it('is told to an address that works again, every checkpoint once and in their order', async () => {
    sink.answers = 200;
    await office.bot.catchUp();
    const [first = 0] = sizesAtSink();
    expect(sizesAtSink()).toEqual([first]);
    const card = await ask(office, office.as('nina'), { Customer: 'Meridian' });
    const size = await sealed();
    expect(sizesAtSink().at(-1)).toBe(size);
    await decide(office, office.as('olga'), 'Reject', card, 'Not now.');
    await sealed();
    expect(sizesAtSink()).toEqual(sizesInFile().filter((each) => each >= first));
  });
});

describe('a bot that is started again', () => {
  it('publishes nothing twice, and puts the next checkpoint below the same message', async () => {
    const before = [sizesInSlack(), sizesInFile(), sizesAtSink()];
    await office.restart();
    await office.bot.catchUp();
    expect([sizesInSlack(), sizesInFile(), sizesAtSink()]).toEqual(before);
    await ask(office, office.as('nina'), { Customer: 'Solvay' });
    await sealed();
    expect(roots()).toHaveLength(1);
    for (const sizes of [sizesInSlack(), sizesInFile(), sizesAtSink()])
      expect(sizes).toEqual([...new Set(sizes)].toSorted((a, b) => a - b));
  });

  it('says on the record which key signs, once', async () => {
    const { rows } = await withClient(office.database.url, (client) =>
      client.query(`select seq, data ->> 'key' as key from events where team_id = $1 and stream = 'seal'`, [TEAM]),
    );
    expect(rows).toEqual([{ seq: 1, key: expect.stringMatching(/^carveout\/\w+\+[0-9a-f]{8}\+\S{44}$/) }]);
  });
});

/** As whoever has the bot's token can. */
async function remove({ ts }: Message): Promise<void> {
  const answer = await fetch(`${office.sandbox.apiUrl}chat.delete`, {
    method: 'POST',
    headers: { authorization: `Bearer ${demoApp().botToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ channel: AUDIT, ts }),
  });
  expect(await answer.json()).toMatchObject({ ok: true });
}

describe('a thread of the seal that was deleted', () => {
  it('is begun anew by the next checkpoint, and what was in it stands elsewhere', async () => {
    const [root] = roots();
    if (!root) throw new Error('there is none');
    const published = sizesInFile();
    for (const message of [...repliesTo(root), root]) await remove(message);
    await ask(office, office.as('nina'), { Customer: 'Halden' });
    const size = await sealed();
    expect(roots().map(({ ts }) => ts)).not.toContain(root.ts);
    expect(sizesInSlack()).toEqual([size]);
    expect(sizesInFile().slice(0, published.length)).toEqual(published);
  });
});

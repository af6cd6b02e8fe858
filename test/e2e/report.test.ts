import { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Message } from '../../src/sandbox/index.ts';
import { asObject } from '../../src/sandbox/json.ts';
import { ask, current, decide, numberOn, type Office, openOffice, reads, toldPrivately } from '../support/office.ts';
import { waitFor } from '../support/wait.ts';

let office: Office;
let pool: Pool;
beforeAll(async () => {
  office = await openOffice({ at: '2026-11-18T10:00:00.000Z', pictures: true });
  pool = new Pool({ connectionString: office.database.url });
});
afterAll(async () => {
  await pool.end();
  await office.close();
});

const MONDAY = 24 * 5 - 0.75; // 23 November, 09:15
const WEEK = 24 * 7;

const keyOf = ({ metadata }: Message): string => String(metadata?.event_payload.key);
const withKey = (key: string): Message[] => office.sandbox.messages().filter((message) => keyOf(message) === key);
const files = () => [...office.sandbox.workspace.files.values()];
const fileOf = (id: unknown) => files().find((file) => file.id === id);
/** The file that is shared below a message, as soon as it is there. */
const fileBelow = (message: Message, ending: string) =>
  waitFor(
    () => {
      const below = office.sandbox
        .messages()
        .filter(({ thread_ts, channel }) => thread_ts === message.ts && channel === message.channel);
      return (
        below
          .flatMap((each) => each.files ?? [])
          .map(fileOf)
          .find((file) => file?.name.endsWith(ending)) ?? false
      );
    },
    { what: `a file ${ending} below the report`, timeoutMs: 20_000 },
  );
const posted = (key: string): Promise<Message> =>
  waitFor(() => withKey(key)[0] ?? false, { what: `the message ${key}`, timeoutMs: 30_000 });
const pictureIn = ({ blocks }: Message) => blocks.find(({ type }) => type === 'image');

describe("Monday's report", () => {
  it('has its picture, the sealed root and the button, and every decision below it as a list', async () => {
    const card = await ask(office, office.as('nina'), { Customer: '=HYPERLINK("http://x.test")' });
    const number = numberOn(office, card);
    await decide(office, office.as('olga'), 'Approve', card);
    await reads(office, card, 'confirmed by Olga');
    await decide(office, office.as('mara'), 'Approve', card);
    await reads(office, card, 'Approved');
    await office.pass(MONDAY);
    const digest = await posted('digest/2026-W47');
    const image = pictureIn(digest);
    expect(image?.alt_text).toMatch(/^1 asked, 1 approved, none late\..*By policy: Data retention 1/);
    const picture = fileOf(asObject(image?.slack_file).id);
    expect(picture?.bytes.subarray(1, 4).toString()).toBe('PNG');
    expect(picture?.alt).toBe(image?.alt_text);
    const text = office.sandbox.read(digest);
    expect(text).toContain('Sealed');
    // What proves the report was written before it was posted, and stands in it.
    const { rows } = await pool.query('select root, size from checkpoints order by size');
    expect(rows.map(({ root }) => root.toString('base64')).some((root) => text.includes(root))).toBe(true);
    expect(office.as('cara').buttons(digest)).toContain('Sign off');

    const list = await fileBelow(digest, '.csv');
    const [head = '', row = '', ...more] = list.bytes.toString('utf8').trimEnd().split('\r\n');
    expect(head).toMatch(/^\uFEFFRequest,Tier,Outcome,/);
    expect(row).toContain(`${number},Manager,approved,no,Data retention,`);
    expect(row).toContain(`"'=HYPERLINK(""http://x.test"")"`);
    expect(row).toContain('Olga');
    expect(more).toEqual([]);
    const below = office
      .as('cara')
      .thread(digest)
      .map((message) => office.sandbox.read(message))
      .join('\n');
    expect(below).toContain('By policy');
    expect(below).toContain(`${number} approved`);
  });

  it('is posted once with one picture, though nobody heard of it and the bot went down in between', async () => {
    const key = 'digest/2026-W48';
    const isRoot = (args: object) => JSON.stringify(args).includes(`"${key}"`);
    const lost = { method: 'chat.postMessage', when: isRoot } as const;
    office.sandbox.faults.add({ ...lost, kind: 'refuse', times: 1 });
    office.sandbox.faults.add({ ...lost, kind: 'lost', times: 1 });
    office.sandbox.faults.add({ method: 'files.completeUploadExternal', kind: 'lost', times: 2 });
    await office.pass(WEEK);
    await waitFor(() => files().some(({ name, complete }) => name.includes('2026-11-23') && complete), {
      what: 'the picture to be given',
      timeoutMs: 30_000,
    });
    await office.restart();
    const digest = await posted(key);
    const list = await fileBelow(digest, '.csv');
    expect(list.bytes.toString('utf8').trimEnd().split('\r\n')).toHaveLength(1);
    expect(withKey(key)).toHaveLength(1);
    const given = files().filter(({ name, complete }) => name.includes('2026-11-23') && complete);
    expect(given.map(({ name }) => name.slice(-4)).toSorted()).toEqual(['.csv', '.png']);
    expect(pictureIn(digest)).toBeDefined();
  });

  it('goes out without picture and list where Slack takes no files, says so, and tells the admins how to allow it', async () => {
    const { scopes } = office.sandbox.workspace.app;
    office.sandbox.admin.setScopes(scopes.filter((scope) => scope !== 'files:write'));
    await office.pass(WEEK);
    const digest = await posted('digest/2026-W49');
    expect(pictureIn(digest)).toBeUndefined();
    expect(office.sandbox.read(digest)).toContain('Without picture and list: Slack takes no files from Carveout here.');
    await toldPrivately(office.as('wanda'), 'files:write');
    office.sandbox.admin.setScopes(scopes);
    expect(office.sandbox.read(current(office, digest))).toContain('Asked');
  });
});

describe('/exception report', () => {
  it('brings the report of any period to whoever may have it, privately, with picture and list', async () => {
    const cara = office.as('cara');
    await cara.command('/exception', 'report 90d');
    await toldPrivately(cara, 'The report of 8 Sept – 7 Dec 2026 is being made');
    const report = await waitFor(() => cara.dms().find((message) => keyOf(message).startsWith('report/')) ?? false, {
      what: 'the report',
      timeoutMs: 30_000,
    });
    expect(cara.read(report)).toContain('1 asked, 1 approved');
    expect(pictureIn(report)?.alt_text).toMatch(/Requests a week: .*16 Nov 1/);
    expect(cara.buttons(report)).toEqual([]);
    const list = await fileBelow(report, '.csv');
    expect(list.bytes.toString('utf8')).toContain('HYPERLINK');
    const seen = office.sandbox.messages().filter((message) => keyOf(message).startsWith('report/'));
    expect(new Set(seen.map(({ channel }) => channel)).size).toBe(1);
  });

  it('says privately who may have one, and how a period is written', async () => {
    await office.as('nina').command('/exception', 'report 90d');
    await toldPrivately(office.as('nina'), /go to @compliance, @ops-supervisors, @carveout-admins.* only/);
    await office.as('cara').command('/exception', 'report <!channel>');
    await toldPrivately(office.as('cara'), 'is no period that I can read');
    expect(office.sandbox.messages().flatMap(({ pings }) => pings)).not.toContain('channel');
    expect(office.sandbox.messages().filter((message) => keyOf(message).startsWith('report/command/U0NINA'))).toEqual(
      [],
    );
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Later } from '../../../src/app/later.ts';
import type { Deliverer } from '../../../src/slack/deliver/index.ts';
import { createOffice, type Office } from './office.ts';

let office: Office;
beforeEach(async () => {
  office = await createOffice();
});
afterEach(() => office.close());

const CSV = Buffer.from('request,outcome\nEX-1,approved\n');
const PNG = Buffer.from('89504e470d0a1a0a', 'hex');
const list = { key: 'digest/2026-W47/csv', name: 'week.csv', title: 'Every decision', bytes: CSV };
const give = (by: Deliverer = office.deliverer()) =>
  by.uploadOnce({ ...list, channel: 'C0AUDIT', comment: 'Every decision of the week' });
const failing = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => null,
    (error: unknown) => error,
  );
/** What was shared in the audit channel. */
const shared = () => office.sandbox.messages().filter(({ subtype }) => subtype === 'file_share');
const uploads = () => [...office.sandbox.workspace.files.values()];

describe('a file', () => {
  it('is given and shared with its words, and not again under the same key', async () => {
    const first = await give();
    expect(await give()).toEqual(first);
    expect(shared()).toMatchObject([{ channel: 'C0AUDIT', text: 'Every decision of the week' }]);
    expect(uploads()).toMatchObject([{ name: 'week.csv', title: 'Every decision', bytes: CSV, channels: ['C0AUDIT'] }]);
  });

  it('is shared once where two workers give it at the same time', async () => {
    const [one, other] = await Promise.all([give(), give(office.deliverer())]);
    expect(one).toEqual(other);
    expect(shared()).toHaveLength(1);
  });

  it('that was shared though nobody heard so is found, and not shared twice', async () => {
    office.sandbox.faults.add({ method: 'files.completeUploadExternal', kind: 'lost', times: 1 });
    expect(await failing(give())).toBeInstanceOf(Error);
    expect(await give()).toEqual({ file: uploads()[0]?.id });
    expect(shared()).toHaveLength(1);
    expect(office.lines).toContainEqual(expect.objectContaining({ msg: expect.stringContaining('found in Slack') }));
  });

  it('whose sharing never arrived is given again', async () => {
    office.sandbox.faults.add({ method: 'files.completeUploadExternal', kind: 'refuse', times: 1 });
    expect(await failing(give())).toBeInstanceOf(Error);
    expect(shared()).toEqual([]);
    await give();
    expect(shared()).toHaveLength(1);
  });

  it.each([
    ['files.getUploadURLExternal', { kind: 'ratelimited' as const, retryAfter: 0 }],
    ['upload', { kind: 'status' as const, status: 503 }],
    ['upload', { kind: 'status' as const, status: 429 }],
    ['upload', { kind: 'refuse' as const }],
  ])('waits where %s is %j, and comes then', async (method, fault) => {
    const hasty = office.deliverer({ timing: { speed: Number.POSITIVE_INFINITY } });
    office.sandbox.faults.add({ method, times: 1, ...fault });
    expect(await failing(give(hasty))).toBeInstanceOf(Later);
    expect(shared()).toEqual([]);
    await give(hasty);
    expect(shared()).toHaveLength(1);
  });

  it('that Slack takes from nobody here is gone without, and the admins are told how to allow it', async () => {
    office.sandbox.admin.setScopes(office.sandbox.workspace.app.scopes.filter((scope) => scope !== 'files:write'));
    expect(await give()).toEqual({ refused: 'missing_scope' });
    office.sandbox.faults.add({ method: 'files.getUploadURLExternal', kind: 'error', error: 'storage_limit_reached' });
    office.sandbox.admin.setScopes([...office.sandbox.workspace.app.scopes, 'files:write']);
    expect(await give()).toEqual({ refused: 'storage_limit_reached' });
    const told = (await office.owed()).flatMap((intent) => (intent.kind === 'alert' ? [intent.text] : []));
    expect(told).toEqual([expect.stringContaining('files:write'), expect.stringContaining('storage_limit_reached')]);
    // Nothing of it keeps it from being given once Slack takes it.
    office.sandbox.faults.clear();
    await give();
    expect(shared()).toHaveLength(1);
  });

  it('for a channel that the bot is not in tells so, as a message does', async () => {
    const given = office.deliverer().uploadOnce({ ...list, channel: 'C0RANDOM' });
    await expect(given).rejects.toMatchObject({ kind: 'route' });
  });
});

describe('a picture', () => {
  const picture = { key: 'digest/2026-W47/picture', name: 'week.png', title: 'The week', bytes: PNG };

  it('without a place is shared nowhere, and can be shown once Slack has looked at it', async () => {
    const by = office.deliverer();
    const given = await by.uploadOnce({ ...picture, altText: 'Seven asked' });
    const file = 'file' in given ? given.file : '';
    expect(shared()).toEqual([]);
    expect(await by.isShowable(file)).toBe(true);
    const blocks = [{ type: 'image' as const, slack_file: { id: file }, alt_text: 'Seven asked' }];
    const message = { text: 'The week', blocks };
    await by.postOnce({ key: 'digest/2026-W47', surface: 'digest', channel: 'C0AUDIT', message });
    expect(office.sandbox.messages()).toMatchObject([{ blocks: [{ type: 'image', slack_file: { id: file } }] }]);
  });

  it('that is none, or is gone, cannot be shown', async () => {
    const by = office.deliverer();
    const given = await by.uploadOnce(list);
    expect(await by.isShowable('file' in given ? given.file : '')).toBe(false);
    expect(await by.isShowable('F0NOSUCHFILE')).toBe(false);
  });

  it('that Slack does not show after all is left out of its message, which says so to whoever posted it', async () => {
    const image = { type: 'image' as const, slack_file: { id: 'F0NOSUCHFILE' }, alt_text: 'Seven asked' };
    const section = { type: 'section' as const, text: { type: 'plain_text' as const, text: 'Seven asked' } };
    const message = { text: 'The week', blocks: [section, image, { type: 'divider' as const }] };
    const sent = await office.deliverer().postOnce({ key: 'week', surface: 'digest', channel: 'C0AUDIT', message });
    expect(office.sandbox.messages()).toMatchObject([{ blocks: [{ type: 'section' }, { type: 'divider' }] }]);
    expect(sent.subject).toEqual({ pictureless: true });
  });
});

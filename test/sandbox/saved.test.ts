import { expect, it, vi } from 'vitest';
import { startSandbox } from './support.ts';

const told = (at: number) => ({ now: () => at, machineNow: () => at });

it('conversations go on where they stopped: the same messages at the same places, and later ones after them', async () => {
  const first = await startSandbox(told(Date.UTC(2026, 2, 2)));
  const card = await first.client.chat.postMessage({ channel: 'C0MANAGE', text: 'card' });
  await first.client.chat.postMessage({ channel: 'C0MANAGE', thread_ts: card.ts ?? '', text: 'in the thread' });
  const { channel } = await first.client.conversations.open({ users: 'U0NINA' });
  await first.client.chat.postMessage({ channel: channel?.id ?? '', text: 'for Nina' });
  const saved = JSON.parse(JSON.stringify(first.sandbox.save()));
  const before = first.sandbox.messages();
  await first.stop();

  const second = await startSandbox({ ...told(Date.UTC(2026, 2, 1)), state: saved });
  expect(second.sandbox.messages()).toEqual(before);
  await second.client.chat.update({ channel: 'C0MANAGE', ts: card.ts ?? '', text: 'card, decided' });
  expect((await second.client.conversations.open({ users: 'U0NINA' })).channel?.id).toBe(channel?.id);
  const later = await second.client.chat.postMessage({ channel: 'C0MANAGE', text: 'later' });
  expect(second.sandbox.messages().map(({ text }) => text)).toEqual([
    ...['card, decided', 'in the thread', 'for Nina', 'later'],
  ]);
  expect(Number(later.ts)).toBeGreaterThan(Number(before.at(-1)?.ts));
  await second.stop();
});

it('small files that the app gave go on with them, and are shown and shared where they were', async () => {
  const first = await startSandbox();
  const { client, sandbox } = first;
  const give = async (filename: string, share: object) => {
    const bytes = Buffer.from('89504e470d0a1a0a', 'hex');
    const { upload_url = '', file_id = '' } = await client.files.getUploadURLExternal({
      filename,
      length: bytes.length,
    });
    await fetch(upload_url, { method: 'POST', body: new Uint8Array(bytes) });
    await client.apiCall('files.completeUploadExternal', { files: [{ id: file_id }], ...share });
    return file_id;
  };
  const shared = await give('list.csv', { channel_id: 'C0AUDIT' });
  const shown = await give('week.png', {});
  await vi.waitFor(async () => expect((await client.files.info({ file: shown })).file?.mimetype).toBe('image/png'));
  const blocks = [{ type: 'image', alt_text: 'The week', slack_file: { id: shown } }];
  await client.apiCall('chat.postMessage', { channel: 'C0AUDIT', text: 'The week', blocks });
  sandbox.as('nina').say('exceptions-manager', 'mine', { files: [{ name: 'mine.pdf', bytes: Buffer.from('%PDF') }] });
  const saved = JSON.parse(JSON.stringify(sandbox.save()));
  await first.stop();

  const second = await startSandbox({ state: saved });
  expect(second.sandbox.messages().map(({ text, files }) => [text, files])).toEqual([
    ...[
      ['', [shared]],
      ['The week', undefined],
      ['mine', undefined],
    ],
  ]);
  const seen = await fetch(`${second.sandbox.origin}/_sandbox/file/${shown}?as=U0CARA`);
  expect(Buffer.from(await seen.arrayBuffer()).toString('hex')).toBe('89504e470d0a1a0a');
  await second.stop();
});

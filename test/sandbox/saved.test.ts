import { expect, it } from 'vitest';
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

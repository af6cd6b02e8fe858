import type { Machine } from './machine.ts';
import type { Message } from './types.ts';
import type { Workspace } from './workspace.ts';

/** Every message there is, ephemeral ones too, in order of time. */
export const allMessages = (workspace: Workspace): Message[] =>
  [...[...workspace.messages.values()].flat(), ...workspace.ephemerals].sort((a, b) => Number(a.ts) - Number(b.ts));

/** The first message that `test` accepts, there already or to come. */
export async function waitForMessage(
  workspace: Workspace,
  test: (message: Message) => boolean,
  timeout: number,
): Promise<Message> {
  const there = allMessages(workspace).find(test);
  if (there !== undefined) return there;
  const change = await workspace.changes
    .next(
      (news) => (news.kind === 'message' || news.kind === 'ephemeral') && news.how !== 'deleted' && test(news.message),
      timeout,
      'the awaited message',
    )
    .catch((error: Error) => {
      throw new Error(`${error.message}. The last messages were:\n${lastMessages(workspace)}`);
    });
  return 'message' in change ? change.message : waitForMessage(workspace, test, timeout);
}

function lastMessages(workspace: Workspace): string {
  const names = workspace.names();
  const line = (message: Message): string => {
    const { kind, name, user = '' } = workspace.channels.get(message.channel) ?? { kind: 'public', name: '?' };
    const place = kind === 'im' ? `DM of ${names.user(user)}` : `#${name}`;
    const only = message.onlyFor === undefined ? '' : ` (only for ${names.user(message.onlyFor)})`;
    return `  ${place}${only}: ${message.text.slice(0, 200)}`;
  };
  return allMessages(workspace).slice(-8).map(line).join('\n') || '  none at all';
}

/** Resolves when no delivery is under way. */
export async function idle({ courier }: Machine): Promise<void> {
  while (courier.inFlight > 0)
    await new Promise<void>((resolve) => {
      const off = courier.settled.on(() => {
        off();
        resolve();
      });
    });
}

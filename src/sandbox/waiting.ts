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
  const change = await workspace.changes.next(
    (news) => (news.kind === 'message' || news.kind === 'ephemeral') && news.how !== 'deleted' && test(news.message),
    timeout,
    'the awaited message',
  );
  return 'message' in change ? change.message : waitForMessage(workspace, test, timeout);
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

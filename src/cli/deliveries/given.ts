/** What was given up, as the commands find it and name it. */
import { type DeadLetter, type DeadLetters, openDeadLetters } from '../../jobs/deadLetters.ts';
import { requestOf } from '../../jobs/worker.ts';
import { wording } from '../../slack/wording/index.ts';
import type { Db } from '../../store/schema.ts';
import { CommandError, reasonOf } from '../command.ts';
import type { Workspace } from '../store.ts';

const { ex, owed } = wording();

/** @throws CommandError where the queue is not that of this version */
export async function withDeadLetters<T>(db: Db, use: (letters: DeadLetters) => Promise<T>): Promise<T> {
  const letters = await openDeadLetters(db).catch((error: unknown) => {
    throw new CommandError(
      `The queue cannot be read (${reasonOf(error)}): start the bot once, which brings it up to date.`,
    );
  });
  try {
    return await use(letters);
  } finally {
    await letters.close();
  }
}

export type GivenUp = DeadLetter & { teamId: string; request: number | null };

/** Of several workspaces, one after the other. */
export async function givenUpIn(letters: DeadLetters, workspaces: readonly Workspace[]): Promise<GivenUp[]> {
  const found = workspaces.map(async ({ teamId }) => {
    const list = await letters.list(teamId);
    return list.map((letter) => ({ ...letter, teamId, request: letter.intent && requestOf(letter.intent) }));
  });
  return (await Promise.all(found)).flat();
}

/** `EX-12, a direct message` */
export function whatOf({ intent, request, written }: GivenUp): string {
  if (!intent) return `something that this version of Carveout cannot read: ${JSON.stringify(written)}`;
  return request === null ? owed[intent.kind] : `${ex(request)}, ${owed[intent.kind]}`;
}

import { parseArgs } from 'node:util';
import { z } from 'zod';
import { readStoreConfig } from '../../config.ts';
import type { DeadLetters } from '../../jobs/deadLetters.ts';
import type { Db } from '../../store/schema.ts';
import { type Command, count, harmless, requestNumber, UsageError } from '../command.ts';
import { oneWorkspace, selectWorkspaces, type Workspace, withStore } from '../store.ts';
import { type GivenUp, givenUpIn, whatOf, withDeadLetters } from './given.ts';

/** Which of them; `ids` and `request` null: all of them. */
type Order = { ids: string[] | null; request: number | null; team: string | undefined };

export const retry: Command = {
  usage: 'deliveries retry ID… | --all | --request EX-12 [--team T0123456789]',
  summary:
    'Has the bot try again what was given up, by the ids of deliveries dead. What was posted is not posted twice.',
  async run(args, io) {
    const order = orderIn(args);
    return withStore(readStoreConfig(io.env), async ({ db }) => {
      const workspaces = await workspacesOf(db, order);
      return withDeadLetters(db, async (letters) => {
        const given = await givenUpIn(letters, workspaces);
        const wanted = given.filter((one) => isMeant(one, order));
        const unknown = (order.ids ?? []).filter((id) => !given.some((one) => one.id === id));
        const said = (line: string) => io.out(harmless(line));
        for (const id of unknown) said(`${id}  is not given up, or was put back already.`);
        const { back, left } = await putAllBack(letters, wanted, said);
        said(summaryOf(back, wanted.length));
        return unknown.length + left > 0 ? 1 : 0;
      });
    });
  },
};

/** @throws UsageError */
function orderIn(args: string[]): Order {
  const options = {
    all: { type: 'boolean', default: false },
    request: { type: 'string' },
    team: { type: 'string' },
  } as const;
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const { all, request, team } = values;
  const ids = [...new Set(positionals.map((id) => id.toLowerCase()))];
  const narrowed = all || request !== undefined;
  if (ids.length === 0 && !narrowed)
    throw new UsageError('Say which: ids of deliveries dead, --request EX-12 or --all.');
  if (ids.length > 0 && narrowed) throw new UsageError('Name ids, or say --all or --request, not both.');
  const wrong = ids.find((id) => !z.guid().safeParse(id).success);
  if (wrong !== undefined) throw new UsageError(`${wrong} is no id of a delivery: deliveries dead lists them.`);
  return { ids: narrowed ? null : ids, request: request === undefined ? null : requestNumber(request), team };
}

/** Each workspace has an EX-12 of its own, and no two deliveries have the same id. */
const workspacesOf = async (db: Db, { request, team }: Order): Promise<Workspace[]> =>
  request === null ? selectWorkspaces(db, team) : [await oneWorkspace(db, team)];

const isMeant = (one: GivenUp, { ids, request }: Order): boolean =>
  ids ? ids.includes(one.id) : request === null || one.request === request;

/** @returns how many this call put back, and how many stay where they are */
async function putAllBack(
  letters: DeadLetters,
  wanted: GivenUp[],
  said: (line: string) => void,
): Promise<{ back: number; left: number }> {
  let back = 0;
  let left = 0;
  for (const one of wanted) {
    if (!one.intent) {
      left++;
      said(`${one.id}  stays given up: ${whatOf(one)}`);
    } else if (await letters.putBack(one.teamId, one.id, one.intent)) {
      back++;
      said(`${one.id}  put back: ${whatOf(one)}`);
    } else said(`${one.id}  was put back by somebody else a moment ago: ${whatOf(one)}`);
  }
  return { back, left };
}

function summaryOf(back: number, wanted: number): string {
  if (wanted === 0) return 'There is nothing to put back.';
  if (back === 0) return 'Nothing was put back.';
  return `${count(back, 'delivery', 'deliveries')} put back: a bot that runs tries them within seconds, another when it starts.`;
}

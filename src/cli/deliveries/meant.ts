/** What two commands do with what was given up: with some of it by id, with that of a request, or with all. */
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { readStoreConfig } from '../../config.ts';
import type { DeadLetters } from '../../jobs/deadLetters.ts';
import type { Db } from '../../store/schema.ts';
import { harmless, type Io, requestNumber, UsageError } from '../command.ts';
import { oneWorkspace, selectWorkspaces, type Workspace, withStore } from '../store.ts';
import { type GivenUp, givenUpIn, withDeadLetters } from './given.ts';

/** Which of them; `ids` and `request` null: all of them. */
type Order = { ids: string[] | null; request: number | null; team: string | undefined };

/** `done`: by this call. `stays`: it is given up still. */
type Outcome = { said: string; done: boolean; stays: boolean };

type Doing = {
  each(letters: DeadLetters, one: GivenUp): Promise<Outcome>;
  /** @param done of those that were meant */
  summary(done: number, meant: number): string;
};

/** @returns 1 where an id was none of them, or one of them stays @throws UsageError */
export async function forEachMeant(args: string[], io: Io, { each, summary }: Doing): Promise<number> {
  const order = orderIn(args);
  const say = (line: string) => io.out(harmless(line));
  return withStore(readStoreConfig(io.env), async ({ db }) => {
    const workspaces = await workspacesOf(db, order);
    return withDeadLetters(db, async (letters) => {
      const given = await givenUpIn(letters, workspaces);
      const unknown = (order.ids ?? []).filter((id) => !given.some((one) => one.id === id));
      for (const id of unknown) say(`${id}  is not given up, or is not any longer.`);
      const outcomes: Outcome[] = [];
      const meant = given.filter((one) => isMeant(one, order));
      for (const one of meant) {
        const outcome = await each(letters, one);
        say(`${one.id}  ${outcome.said}`);
        outcomes.push(outcome);
      }
      say(summary(outcomes.filter(({ done }) => done).length, meant.length));
      return unknown.length > 0 || outcomes.some(({ stays }) => stays) ? 1 : 0;
    });
  });
}

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

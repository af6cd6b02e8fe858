import { parseArgs } from 'node:util';
import { readStoreConfig } from '../../config.ts';
import { type Command, count, harmless, minute } from '../command.ts';
import { selectWorkspaces, type Workspace, withStore } from '../store.ts';
import { type GivenUp, givenUpIn, whatOf, withDeadLetters } from './given.ts';

export const dead: Command = {
  usage: 'deliveries dead [--json] [--team T0123456789]',
  summary:
    'Lists what was given up after several tries: since when, what it was, and why. Exit code 1 if there is any.',
  async run(args, io) {
    const options = { json: { type: 'boolean', default: false }, team: { type: 'string' } } as const;
    const { values } = parseArgs({ args, options });
    return withStore(readStoreConfig(io.env), async ({ db }) => {
      const workspaces = await selectWorkspaces(db, values.team);
      const given = await withDeadLetters(db, (letters) => givenUpIn(letters, workspaces));
      if (values.json) io.out(JSON.stringify(given.map(plain), null, 2));
      else for (const line of report(given, workspaces)) io.out(harmless(line));
      return given.length > 0 ? 1 : 0;
    });
  },
};

function report(given: GivenUp[], workspaces: Workspace[]): string[] {
  if (given.length === 0) return ['Nothing is given up: what was owed to somebody was delivered, or still will be.'];
  const several = new Set(given.map(({ teamId }) => teamId)).size > 1;
  const lines = workspaces.flatMap(({ teamId, name }) => {
    const own = given.filter((one) => one.teamId === teamId);
    const heading = several && own.length > 0 ? [`${name} (${teamId}):`] : [];
    return [...heading, ...own.flatMap(linesOf)];
  });
  return [
    ...lines,
    `${count(given.length, 'delivery', 'deliveries')} given up. Mend the cause, then: npx node src/cli.ts deliveries retry --all, or the ids of some.`,
  ];
}

const linesOf = (one: GivenUp): string[] => [
  `${one.id}  ${minute(one.at)}  ${whatOf(one)}`,
  `    tried ${one.tries === 1 ? 'once' : `${one.tries.toLocaleString('en')} times`}; ${one.because ?? 'nobody kept why'}`,
];

/** What programs are given. */
const plain = (one: GivenUp) => ({
  ...{ id: one.id, team: one.teamId, givenUpAt: one.at, request: one.request, what: whatOf(one) },
  ...{ tries: one.tries, because: one.because, intent: one.written },
});

/** The operators' commands by their names, each in its own file, and what a line of words comes to. */
import { ConfigError } from '../config.ts';
import { EmbeddedPostgresError } from '../embedded/errors.ts';
import { type Command, CommandError, type Family, type Io, UsageError } from './command.ts';

const CALL = 'npx node src/cli.ts';

const help: Command = {
  usage: 'help',
  summary: 'Lists the commands.',
  async run(_args, { out }) {
    out(`Usage: ${CALL} <command>, in the environment of the bot (see README.md).`);
    const commands = await Promise.all(Object.values(COMMANDS).map((load) => load()));
    const all = commands.flatMap((one) => ('members' in one ? Object.values(one.members) : one));
    for (const { usage, summary } of all) out(`  ${usage}\n      ${summary}`);
    out('Exit code: 0 all is well, 1 something is wrong, 2 the arguments make no sense.');
    return 0;
  },
};

/** Loaded when it is asked for: what one of them needs takes longer to load than most of them to run. */
const COMMANDS: Readonly<Record<string, () => Promise<Command | Family>>> = {
  help: async () => help,
  check: async () => (await import('./check.ts')).check,
  digest: async () => (await import('./digest.ts')).digest,
  audit: async () => (await import('./audit.ts')).audit,
  deliveries: async () => (await import('./deliveries.ts')).deliveries,
  migrate: async () => (await import('./migrate.ts')).migrate,
};

type Call = { command: Command; args: string[] };

/** @throws UsageError where there is no such command */
async function find([name = 'help', ...args]: string[]): Promise<Call> {
  const found = Object.hasOwn(COMMANDS, name) ? await COMMANDS[name]?.() : /^--?h(elp)?$/.test(name) && help;
  if (!found) throw new UsageError(`There is no command ${name}.`);
  if (!('members' in found)) return { command: found, args };
  const [what = '', ...rest] = args;
  const names = Object.keys(found.members);
  if (what === '') throw new UsageError(`${name} needs one of: ${names.join(', ')}.`);
  const member = names.includes(what) ? found.members[what] : undefined;
  if (!member) throw new UsageError(`There is no command ${name} ${what}; there is: ${names.join(', ')}.`);
  return { command: member, args: rest };
}

/** Where a command writes: its answer, and why there is none. */
type Streams = Io & {
  /** One line of what went wrong. */
  err(line: string): void;
};

/**
 * Runs what was typed behind the program's name, and tells what went wrong in a sentence.
 * @returns the exit code: 0 all is well, 1 something is wrong, 2 the arguments make no sense
 */
export async function run(words: string[], io: Streams): Promise<number> {
  let { usage } = help;
  try {
    const { command, args } = await find(words);
    usage = command.usage;
    return await command.run(args, io);
  } catch (error) {
    if (error instanceof UsageError || isArgumentError(error)) {
      io.err(`${error.message.split('. To specify')[0]}\nUsage: ${CALL} ${usage}`);
      return 2;
    }
    io.err(trouble(error));
    return 1;
  }
}

/** What cannot be helped by other arguments: foreseen in a sentence, unforeseen with all there is to know. */
function trouble(error: unknown): string {
  const foreseen = [CommandError, ConfigError, EmbeddedPostgresError].some((kind) => error instanceof kind);
  return `${foreseen ? (error as Error).message : error instanceof Error ? error.stack : error}`;
}

/** `node:util` says what is wrong with an option. */
const isArgumentError = (error: unknown): error is Error =>
  error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');

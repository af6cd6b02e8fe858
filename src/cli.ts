/** The operators' commands. Each lives in its own file under `cli/`; this connects them to the process. */
import { type Command, CommandError, type Family, type Io, UsageError } from './cli/command.ts';
import { ConfigError } from './config.ts';
import { EmbeddedPostgresError } from './embedded/errors.ts';

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
  check: async () => (await import('./cli/check.ts')).check,
  digest: async () => (await import('./cli/digest.ts')).digest,
  audit: async () => (await import('./cli/audit.ts')).audit,
  migrate: async () => (await import('./cli/migrate.ts')).migrate,
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

async function run(words: string[], io: Io): Promise<number> {
  let { usage } = help;
  try {
    const { command, args } = await find(words);
    usage = command.usage;
    return await command.run(args, io);
  } catch (error) {
    if (error instanceof UsageError || isArgumentError(error)) {
      process.stderr.write(`${error.message.split('. To specify')[0]}\nUsage: ${CALL} ${usage}\n`);
      return 2;
    }
    return trouble(error);
  }
}

/** What cannot be helped by other arguments: foreseen in a sentence, unforeseen with all there is to know. */
function trouble(error: unknown): number {
  const foreseen = [CommandError, ConfigError, EmbeddedPostgresError].some((kind) => error instanceof kind);
  process.stderr.write(`${foreseen ? (error as Error).message : error instanceof Error ? error.stack : error}\n`);
  return 1;
}

/** `node:util` says what is wrong with an option. */
const isArgumentError = (error: unknown): error is Error =>
  error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');

const { stdout, stderr } = process;
// Whoever reads through `head` has read enough; the exit code says the rest.
stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});
process.exitCode = await run(process.argv.slice(2), {
  env: process.env,
  out: (line) => stdout.write(`${line}\n`),
  progress: (text) => stderr.isTTY && stderr.write(`\r${text}\u001b[K`),
});

/** The operators' commands. Each lives in its own file under `cli/`; this connects them to the process. */
import { audit } from './cli/audit.ts';
import { check } from './cli/check.ts';
import { type Command, CommandError, type Io, UsageError } from './cli/command.ts';
import { digest } from './cli/digest.ts';
import { ConfigError } from './config.ts';
import { EmbeddedPostgresError } from './embedded/errors.ts';

const CALL = 'npx node src/cli.ts';

const help: Command = {
  usage: 'help',
  summary: 'Lists the commands.',
  async run(_args, { out }) {
    out(`Usage: ${CALL} <command>, in the environment of the bot (see README.md).`);
    for (const { usage, summary } of Object.values(COMMANDS)) out(`  ${usage}\n      ${summary}`);
    out('Exit code: 0 all is well, 1 something is wrong, 2 the arguments make no sense.');
    return 0;
  },
};

const COMMANDS: Readonly<Record<string, Command>> = { help, check, digest, audit };

async function run([name = 'help', ...args]: string[], io: Io): Promise<number> {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : name.match(/^--?h(elp)?$/) && help;
  if (!command) {
    complain(`There is no command ${name}.`, `${CALL} help`);
    return 2;
  }
  try {
    return await command.run(args, io);
  } catch (error) {
    if (error instanceof UsageError || isArgumentError(error)) {
      complain(error.message.split('. To specify')[0] ?? '', `${CALL} ${command.usage}`);
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

const complain = (sentence: string, usage: string) => process.stderr.write(`${sentence}\nUsage: ${usage}\n`);

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

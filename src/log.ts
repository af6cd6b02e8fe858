import { type DestinationStream, type Logger, pino, stdSerializers, stdTimeFunctions } from 'pino';

export type Log = Logger;
export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

const HIDDEN = '[hidden]';

// What gives access, by its own form, wherever it occurs: Slack tokens, bearer tokens, response URLs, passwords in URLs.
const SECRET_FORMS: readonly [RegExp, string][] = [
  [/\bxox[a-z](?:\.xox[a-z])?-[\w-]+/g, HIDDEN],
  [/\bxapp-[\w-]+/g, HIDDEN],
  [/\b(Bearer|Basic) +[\w.~+/=-]{16,}/gi, `$1 ${HIDDEN}`],
  [/(https:\/\/hooks\.slack\.com\/)[^\s"\\]+/g, `$1${HIDDEN}`],
  [/\b([a-z][\w+.-]*:\/\/[^\s:@/"\\]*):[^\s@/"\\]+@/gi, `$1:${HIDDEN}@`],
];

// What gives access by the name it goes under. The value may itself be JSON inside a string, with escaped quotes; then
// everything to the end of that string is hidden.
const SECRET_FIELDS =
  /(\\*"(?:authorization|cookie|set-cookie|x-slack-signature|token|access_?token|refresh_?token|signing_?secret|client_?secret|password)\\*" *: *\\*")(?:[^"\\]|\\.)*/gi;

export type LoggerOptions = {
  level: LogLevel;
  /** Where the lines go; default standard output. */
  destination?: DestinationStream;
  /** Values that must never appear in a line though nothing in their form gives them away, such as the signing secret. */
  secrets?: readonly string[];
};

/** A logger that writes one JSON object a line, with ISO time, and hides what gives access to Slack or to the database. */
export function createLogger({ level, destination, secrets = [] }: LoggerOptions): Log {
  const options = {
    level,
    timestamp: stdTimeFunctions.isoTime,
    serializers: { err: told },
    formatters: { level: (label: string) => ({ level: label }) },
    hooks: { streamWrite: (line: string) => hide(line, secrets) },
  };
  // Nobody waits while a line is written. What is left when the process ends by itself is written then.
  return pino(options, destination ?? pino.destination({ sync: false }));
}

// A lost database connection comes with its whole client: kilobytes that say nothing, and the key that cancels its queries.
function told(error: Error): object {
  const { client: _, ...rest } = stdSerializers.err(error) as object & { client?: unknown };
  return rest;
}

// On the finished line: a token in the message of an error, in its stack or in a header deep inside an object is one string.
function hide(line: string, secrets: readonly string[]): string {
  let safe = line.replace(SECRET_FIELDS, `$1${HIDDEN}`);
  for (const [form, replacement] of SECRET_FORMS) safe = safe.replace(form, replacement);
  for (const secret of secrets) if (secret !== '') safe = safe.replaceAll(JSON.stringify(secret).slice(1, -1), HIDDEN);
  return safe;
}

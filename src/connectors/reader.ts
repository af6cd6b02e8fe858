import type { Fact } from '../core/sources.ts';

/** What a source is read with. */
export type Surroundings = {
  env: NodeJS.ProcessEnv;
  fetch: typeof fetch;
  /** What relative paths are relative to. */
  baseDir: string;
  /** Aborted when time is up, and when nobody waits for the answer any more. */
  signal: AbortSignal;
  /** How long it has, in milliseconds, for servers that want to be told. */
  timeoutMs: number;
};

/** Reads one source. Both functions throw SourceFailure where the cause is known. */
export type Reader = {
  /** @returns null where the source does not know the customer */
  read(customer: string, surroundings: Surroundings): Promise<Fact[] | null>;
  /** Tries what can be tried without a customer. */
  check(surroundings: Surroundings): Promise<void>;
};

/** Why a source cannot be read, and what to do about it. Both are shown and kept: they hold no secret and no customer. */
export class SourceFailure extends Error {
  override name = 'SourceFailure';
  readonly problem: string;
  readonly remedy: string;

  /** @param remedy goes on where `problem` ends, after a colon; without a full stop, both of them */
  constructor(problem: string, remedy: string) {
    super(`${problem}: ${remedy}`);
    this.problem = problem;
    this.remedy = remedy;
  }
}

/** What has more rows for one customer is asked for something else, or by the wrong column. */
export const MOST_ROWS = 1000;
export const tooManyRows = (what: string, remedy: string): SourceFailure =>
  new SourceFailure(`${what} has more than ${MOST_ROWS} rows for one customer`, remedy);

/** The value of a variable that the policy names. */
export function variable(env: NodeJS.ProcessEnv, name: string): string {
  // Secrets read from files often end with a line break.
  const value = env[name]?.trim();
  if (!value)
    throw new SourceFailure(
      `The environment variable ${name} is not set`,
      'set it where the bot runs, and start the bot again',
    );
  return value;
}

/** The code by which Node and Postgres name what went wrong; `fetch` hides it in the cause, several addresses in a list. */
export function codeOf(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return codeOf(error instanceof AggregateError ? error.errors[0] : error.cause);
}

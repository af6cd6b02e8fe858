/** Reads the sources that the policy names, each in its own time, and says in words what became of each. */
import type { Sources as SourcesPort } from '../app/ports.ts';
import type { Fact, Reading, Said, SourceWiring } from '../core/sources.ts';
import { csvReader } from './csv.ts';
import { httpReader } from './http.ts';
import { postgresReader } from './postgres.ts';
import { codeOf, type Reader, SourceFailure, type Surroundings } from './reader.ts';

export type Sources = Readonly<Record<string, SourceWiring>>;
export type ConnectorDeps = {
  env: NodeJS.ProcessEnv;
  fetch?: typeof fetch;
  /** The folder of the policy file: where relative paths begin. */
  baseDir: string;
  /** For each source; default 5000. */
  timeoutMs?: number;
};
export type SourceCheck = { source: string; ok: true } | { source: string; problem: string; remedy: string };

const TIMEOUT = 5_000;

/**
 * What each of the sources says about the customer, in the order of `ids`. Never rejects: a source that cannot be read is a
 * reading of its own. Takes no longer than `timeoutMs`, and leaves nothing running behind.
 */
export const readSources = (
  sources: Sources,
  ids: readonly string[],
  { customer }: { customer: string },
  deps: ConnectorDeps,
): Promise<Reading[]> =>
  Promise.all(
    ids.map(async (source): Promise<Reading> => {
      const name = (Object.hasOwn(sources, source) && sources[source]?.name) || source;
      const said = await attempt(sources, source, deps, (reader, surroundings) => ask(reader, customer, surroundings));
      if (!(said instanceof SourceFailure)) return { source, name, ...said };
      return { source, name, outcome: 'failed', because: `${said.message}.` };
    }),
  );

/** The same as the application asks for it. */
export const createSources = (deps: ConnectorDeps): SourcesPort => ({
  read: (wired, ids, customer) => readSources(wired, ids, { customer }, deps),
});

async function ask(reader: Reader, customer: string, surroundings: Surroundings): Promise<Said> {
  const asked = customer.trim();
  // Asked for nobody, a source may well answer with everybody.
  if (asked === '') throw new SourceFailure('The request names no customer', 'name one in the request');
  const facts: Fact[] | null = await reader.read(asked, surroundings);
  return facts ? { outcome: 'ok', facts } : { outcome: 'not_found' };
}

/** Tries what can be tried without a customer: variables, paths, files and their columns, databases and the query. */
export const checkSources = (sources: Sources, deps: ConnectorDeps): Promise<SourceCheck[]> =>
  Promise.all(
    Object.keys(sources).map(async (source): Promise<SourceCheck> => {
      const found = await attempt(sources, source, deps, (reader, surroundings) => reader.check(surroundings));
      if (!(found instanceof SourceFailure)) return { source, ok: true };
      return { source, problem: found.problem, remedy: found.remedy };
    }),
  );

async function attempt<T>(
  sources: Sources,
  source: string,
  { env, fetch = globalThis.fetch, baseDir, timeoutMs = TIMEOUT }: ConnectorDeps,
  use: (reader: Reader, surroundings: Surroundings) => Promise<T>,
): Promise<T | SourceFailure> {
  const over = new AbortController();
  const late = Promise.withResolvers<SourceFailure>();
  const timer = setTimeout(() => {
    late.resolve(tooLate(timeoutMs));
    over.abort();
  }, timeoutMs);
  try {
    const reader = readerOf(sources, source);
    // What does not heed the signal, such as a file on a server that hangs, must not hold the others up.
    return await Promise.race([use(reader, { env, fetch, baseDir, signal: over.signal, timeoutMs }), late.promise]);
  } catch (error) {
    return error instanceof SourceFailure ? error : unforeseen(error);
  } finally {
    clearTimeout(timer);
    over.abort();
  }
}

function readerOf(sources: Sources, id: string): Reader {
  const source = Object.hasOwn(sources, id) ? sources[id] : undefined;
  if (source?.http) return httpReader(source.http, source.fields);
  if (source?.postgres) return postgresReader(source.postgres, source.fields);
  if (source?.csv) return csvReader(source.csv, source.fields);
  throw new SourceFailure(`The policy has no source ${id}`, 'describe it under wiring.sources');
}

const tooLate = (timeoutMs: number): SourceFailure =>
  new SourceFailure(
    `It did not answer within ${timeoutMs / 1000} seconds`,
    'see whether it is up, and whether it can be reached from where the bot runs',
  );

/** Not the error's message: it may quote an address with a password, or a header. */
const unforeseen = (error: unknown): SourceFailure =>
  new SourceFailure(
    `It cannot be read (${codeOf(error) ?? (error instanceof Error ? error.name : 'unknown error')})`,
    'see whether what the policy says of it is right',
  );

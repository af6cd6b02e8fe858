/** Why the embedded Postgres cannot run, and what to do about it, in one line for the person who started it. */
export class EmbeddedPostgresError extends Error {
  override name = 'EmbeddedPostgresError';
}

export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

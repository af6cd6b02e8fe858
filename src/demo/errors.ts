import { PolicyFileError } from '../bot.ts';
import { EmbeddedPostgresError } from '../embedded/errors.ts';
import { UsageError } from './settings.ts';
import { OthersDataError } from './startOver.ts';

const EXPECTED = [EmbeddedPostgresError, PolicyFileError, OthersDataError, UsageError];

/** What is said of it. Of some the message says what to do, and where in the program they arose is of no use to anybody. */
export function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return EXPECTED.some((kind) => error instanceof kind) ? error.message : (error.stack ?? error.message);
}

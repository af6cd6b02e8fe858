import { PolicyFileError } from '../bot.ts';
import { EmbeddedPostgresError } from '../embedded/errors.ts';
import { UsageError } from './settings.ts';
import { OthersDataError } from './startOver.ts';

const EXPECTED = [EmbeddedPostgresError, PolicyFileError, OthersDataError, UsageError];

/** The message says what to do; where in the program it arose is of no use to anybody. */
export const isExpected = (error: Error): boolean => EXPECTED.some((kind) => error instanceof kind);

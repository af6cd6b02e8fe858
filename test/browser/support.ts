import { describe } from 'vitest';
import { HOW_TO_GET_ONE, hasBrowser } from './window.ts';

if (!hasBrowser) process.stderr.write(`No Chromium, so the browser tests are skipped: ${HOW_TO_GET_ONE}.\n`);

/** Each wait within a test has a shorter limit of its own. */
const TIMEOUT_MS = 60_000;

/** A `describe` whose tests need the browser; without one they are skipped, and counted as that. */
export const describeInBrowser = (name: string, tests: () => void) =>
  describe.skipIf(!hasBrowser)(name, { timeout: TIMEOUT_MS }, tests);

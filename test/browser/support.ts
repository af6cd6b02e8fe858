import { describe } from 'vitest';
import { HOW_TO_GET_ONE, hasBrowser } from './window.ts';

if (!hasBrowser) process.stderr.write(`No Chromium, so the browser tests are skipped: ${HOW_TO_GET_ONE}.\n`);

/** A `describe` whose tests need the browser; without one they are skipped, and counted as that. */
export const describeInBrowser = describe.skipIf(!hasBrowser);

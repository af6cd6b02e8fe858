/**
 * Bolt's App by itself. The package's index also loads Express for a receiver that is not used here: 5 MB, and a third of the
 * time that loading Bolt takes.
 */
import { createRequire } from 'node:module';
import type { App as BoltApp } from '@slack/bolt';

const require = createRequire(import.meta.url);
export const App: typeof BoltApp = require('@slack/bolt/dist/App.js').default;

/**
 * Bolt's App by itself. The package's index also loads Express for a receiver that is not used here: 5 MB, and a third of the
 * time that loading Bolt takes. The App in turn loads two receivers for whoever brings none, and with them a client of
 * WebSockets and all of OAuth: for this bot, which brings its own, they stay out too.
 */
import { createRequire, Module } from 'node:module';
import type { App as BoltApp } from '@slack/bolt';

const require = createRequire(import.meta.url);
const UNUSED = ['HTTPReceiver', 'SocketModeReceiver'].map((name) =>
  require.resolve(`@slack/bolt/dist/receivers/${name}.js`),
);

function loadApp(): typeof BoltApp {
  const left = UNUSED.filter((file) => !require.cache[file]);
  for (const file of left) require.cache[file] = Object.assign(new Module(file), { exports: {}, loaded: true });
  try {
    return require('@slack/bolt/dist/App.js').default;
  } finally {
    // Whoever else asks for them in this process gets the real ones, and an App that has them.
    for (const file of left) delete require.cache[file];
    if (left.length > 0) delete require.cache[require.resolve('@slack/bolt/dist/App.js')];
  }
}

export const App: typeof BoltApp = loadApp();

import { statfsSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { LongFirst } from './test/support/longFirst.ts';

// Tests start many programs of ours, and Node need not compile the same files for each anew.
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, 'node_modules/.node-compile-cache');

// Each test database is a copy of four hundred files, which takes a disk twenty times as long as it takes memory.
if (roomInMemory() > 2 ** 31) process.env.TMPDIR ??= '/dev/shm';

/** Bytes; none where the system has no folder in memory. */
function roomInMemory(): number {
  try {
    const { bavail, bsize } = statfsSync('/dev/shm');
    return bavail * bsize;
  } catch {
    return 0;
  }
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // One Postgres for the whole run; every file clones a database of its own from a migrated template.
    globalSetup: ['test/support/global.ts'],
    // One more than two cores: in some files most of the time is waiting, for a lease to run out or a program to start.
    maxWorkers: 3,
    sequence: { sequencer: LongFirst },
    // The files of a worker share what they import, which takes longer to load than most files to run. So whatever a file
    // changes outside itself (environment, timers, listeners of the process) it puts back.
    isolate: false,
    // Node loads the files as it does for whoever runs the program; nothing here needs them rewritten.
    experimental: { viteModuleRunner: false, nodeLoader: false },
  },
});

import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // One Postgres for the whole run; every file clones a database of its own from a migrated template.
    globalSetup: ['test/support/global.ts'],
    // Two cores: more workers only make each other late.
    maxWorkers: 2,
  },
});

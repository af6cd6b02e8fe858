/** Migrates the database named on the command line, as a replica does when it starts. */
import { migrate } from '../../src/store/migrate.ts';

await migrate({ connectionString: process.argv[2] ?? '' });

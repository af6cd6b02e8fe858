/** A store on a database of its own, with nobody in it; who needs a company makes a world (`world.ts`). */
import type { Intent } from '../../src/app/intents.ts';
import { createLogger } from '../../src/log.ts';
import { connect, type Store } from '../../src/store/connect.ts';
import { createTestDatabase } from './database.ts';

export type TestStore = Store & {
  /** Connection string, as a superuser. */
  url: string;
};

/** Make one per test file; closing it removes the database. */
export async function createTestStore(connections = 4): Promise<TestStore> {
  const database = await createTestDatabase();
  const store = connect(database.url, createLogger({ level: 'silent' }), connections);
  return {
    ...store,
    url: database.url,
    close: async () => {
      await store.close();
      await database.drop();
    },
  };
}

/** What is owed in a workspace, in the order in which it came up. */
export async function owedIn({ db }: Pick<Store, 'db'>, teamId: string): Promise<Intent[]> {
  const rows = await db.selectFrom('outbox').select('intents').where('team_id', '=', teamId).orderBy('id').execute();
  return rows.flatMap(({ intents }) => intents);
}

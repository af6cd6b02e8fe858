/** A company on a real database: the cast of `cast.ts` under the policy of `policy.ts`. */
import { type SlackPerson, saveGroup, savePeople } from '../../src/store/people.ts';
import { publishPolicy } from '../../src/store/publish.ts';
import { groupRef } from '../../src/store/standing.ts';
import { CAST, hour, idOf, NAMES } from './cast.ts';
import { createTestDatabase } from './database.ts';
import { POLICY_TEXT, WIRING } from './policy.ts';
import { createReplica, type Replica } from './replica.ts';

export const slackPerson = (id: string, over: Partial<SlackPerson> = {}): SlackPerson => ({
  id,
  name: id,
  home: true,
  deleted: false,
  bot: false,
  guest: false,
  owner: false,
  zone: null,
  locale: null,
  ...over,
});

/** Publishes the policy and tells the store about the cast and their groups, as Slack would have. */
async function populate({ store, teamId }: Pick<Replica, 'store' | 'teamId'>): Promise<void> {
  await publishPolicy(store, teamId, POLICY_TEXT, hour(-1));
  await savePeople(
    store.db,
    teamId,
    NAMES.map((name) => slackPerson(idOf(name), { name: `${name} of the cast` })),
  );
  for (const [role, wired] of Object.entries(WIRING.groups)) {
    const handle = groupRef(wired);
    const members = NAMES.filter((name) => (CAST[name] as readonly string[]).includes(role)).map(idOf);
    if (handle) await saveGroup(store.db, teamId, { id: `S0${role.toUpperCase()}`, handle, name: handle }, members);
  }
}

export type World = Replica & {
  /** Connection string, as a superuser. */
  url: string;
  /** As whoever runs the bot, who owns no table. */
  botUrl: string;
  /** Another replica on the same database; closed with the world. */
  replica(connections?: number): Replica;
};

/** A database of its own with the company in it. Make one per test file, and close it. */
export async function createWorld(): Promise<World> {
  const database = await createTestDatabase();
  const first = createReplica(database.url);
  const replicas = [first];
  await populate(first);
  return {
    ...first,
    url: database.url,
    botUrl: database.botUrl,
    replica(connections) {
      const another = createReplica(database.url, connections);
      replicas.push(another);
      return another;
    },
    async close() {
      await Promise.all(replicas.map((replica) => replica.close()));
      await database.drop();
    },
  };
}

/** A user who may log in and has nothing yet: the one that runs the bot, beside the one who owns the tables. */
import { randomBytes } from 'node:crypto';
import { withClient } from './database-url.ts';

export type BotUser = {
  name: string;
  /** The same database as them. */
  url: string;
  /** Call it once the database is gone, which has their rights. */
  drop(): Promise<void>;
};

/** @param databaseUrl as a superuser */
export async function createBotUser(databaseUrl: string): Promise<BotUser> {
  const name = `bot_${randomBytes(6).toString('hex')}`;
  const password = randomBytes(12).toString('hex');
  await withClient(databaseUrl, (client) => client.query(`create role ${name} login password '${password}'`));
  return {
    name,
    url: databaseUrl.replace(/^([a-z]+:\/\/)([^@/]*@)?/, `$1${name}:${password}@`),
    async drop() {
      const server = databaseUrl.replace(/^([a-z]+:\/\/[^/?]*)\/[^?]*/, '$1/postgres');
      await withClient(server, (client) => client.query(`drop role ${name}`));
    },
  };
}

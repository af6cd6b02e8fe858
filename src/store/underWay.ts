/** What is still on its way to the people whom it is to be told. */
import { sql } from 'kysely';
import type { Intent } from '../app/intents.ts';
import type { Instant } from '../core/values.ts';
import { QUEUE_SCHEMA } from './grants.ts';
import type { Db } from './schema.ts';

const REMIND: Intent['kind'] = 'remind';
const JOBS = sql.table(`${QUEUE_SCHEMA}.job`);

/**
 * Whether there is a request whose time had come by `dueBy` and that was not looked at yet, or a reminder that was found and
 * is noted for nobody yet: in the outbox, or in the queue. One statement sees all of them at one moment, so that none is
 * missed while it moves from one to the next.
 * @param queue pg-boss's name of the queue that reminders go through
 */
export async function remindersUnderWay(db: Db, teamId: string, queue: string, dueBy: Instant): Promise<boolean> {
  // Of what is through, thousands of jobs are kept; what waits has an index of pg-boss's, whose words these are.
  const { rows } = await sql<{ is: boolean }>`
    select exists (select from requests where team_id = ${teamId} and attention_at <= ${dueBy})
      or exists (select from outbox where team_id = ${teamId} and intents @> ${JSON.stringify([{ kind: REMIND }])})
      or exists (select from ${JOBS} where name = ${queue} and state < 'active' and not blocked
        and data -> 'intent' ->> 'kind' = ${REMIND})
      or exists (select from ${JOBS} where name = ${queue} and state = 'active'
        and data -> 'intent' ->> 'kind' = ${REMIND}) as "is"`.execute(db);
  return rows[0]?.is ?? false;
}

/** Looking for requests by what they say. What a person may see of the result is for the core to say. */
import { sql } from 'kysely';
import { customerKey } from '../core/sources.ts';
import type { Db } from './schema.ts';

export type Search = {
  /** What was typed, not empty. */
  text: string;
  /** The number that it may be: `EX-12`. */
  number: number | null;
  /** Ids of policy rules whose name has it. */
  rules: string[];
};

/** How many of the newest requests are read for the words in them; the rest is found by customer, rule and number. */
const READ = 3000;

const pattern = (text: string): string => `%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;

/**
 * Numbers of requests that say it, the newest first. A confidential one is found by its number alone: that something is
 * said in it is something that it says.
 */
export async function search(
  db: Db,
  teamId: string,
  { text, number, rules }: Search,
  limit: number,
): Promise<number[]> {
  const { rows } = await sql<{ number: number }>`
    with newest as materialized (
      select number, state from requests
      where team_id = ${teamId} and not confidential
      order by number desc limit ${READ}
    )
    select number from requests
    where team_id = ${teamId} and not confidential
      and (customer_key like ${pattern(customerKey(text))} or rule = any(${rules}::text[]))
    union
    select number from requests where team_id = ${teamId} and number = ${number}::int
    union
    select n.number from newest n
    cross join lateral jsonb_path_query(n.state::jsonb, 'strict $.**.content') as said(id)
    join contents c on c.team_id = ${teamId} and c.id = said.id #>> '{}'
    where c.bytes ilike ${pattern(text)}
    order by number desc
    limit ${limit}`.execute(db);
  return rows.map((row) => row.number);
}

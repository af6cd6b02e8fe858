/** Reading the population out of the record: every request as it was under the checkpoint. */
import { sql } from 'kysely';
import type { Status } from '../core/request.ts';
import { Census, type Member, type Population, type Wanted } from './population.ts';
import { readRequestRecord, type Source } from './record.ts';

const PAGE = 1000;

export async function readPopulation(source: Source, wanted: Wanted): Promise<Population> {
  const census = new Census(wanted);
  let last = 0;
  for await (const member of members(source)) {
    census.add(member);
    last = member.number;
  }
  // Whoever removed the newest ones altogether has left their places in the tree.
  while (await isSealed(source, last + 1)) census.reach(++last);
  return census.population((number) => isSealed(source, number));
}

async function* members(source: Source): AsyncGenerator<Member> {
  for (let after = 0; ; ) {
    const rows = await page(source, after);
    for (const { sealed, whole, ...row } of rows) {
      const member = { ...row, askedAt: row.askedAt.toISOString() };
      // What was asked for after the checkpoint belongs to a later one; what moved on since is counted as it was.
      if (whole) yield member;
      else if (sealed) yield { ...member, status: await statusThen(source, row.number) };
    }
    const last = rows.at(-1);
    if (!last) return;
    after = last.number;
  }
}

type MemberRow = Omit<Member, 'askedAt'> & {
  askedAt: Date;
  /** Whether it was asked for before the checkpoint, and whether nothing has happened to it since. */
  sealed: boolean;
  whole: boolean;
};

async function page({ db, teamId, size }: Source, after: number): Promise<MemberRow[]> {
  const leaf = (seq: ReturnType<typeof sql>) => sql`exists (
    select from leaves l where l.team_id = r.team_id and l.stream = 'request/' || r.number and l.seq = ${seq}
      and l.position < ${size})`;
  const { rows } = await sql<MemberRow>`
    select number, status, value::text, state ->> 'currency' as currency, submitted_at as "askedAt",
      ${leaf(sql`1`)} as sealed, ${leaf(sql`r.version`)} as whole
    from requests r where team_id = ${teamId} and number > ${after} order by number limit ${PAGE}`.execute(db);
  return rows;
}

async function statusThen(source: Source, number: number): Promise<Status> {
  const record = await readRequestRecord(source, number);
  if (!record) throw new Error(`EX-${number} is sealed, but its events cannot be read`);
  return record.state.status;
}

/** Whether a request of this number is under the checkpoint. */
export async function isSealed({ db, teamId, size }: Source, number: number): Promise<boolean> {
  const leaf = await db
    .selectFrom('leaves')
    .select('position')
    .where('team_id', '=', teamId)
    .where('stream', '=', `request/${number}`)
    .where('seq', '=', 1)
    .where('position', '<', String(size))
    .executeTakeFirst();
  return leaf !== undefined;
}

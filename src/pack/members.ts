/** Reading the population out of the record: every request as it was under the checkpoint. */
import { countedRequests } from '../store/packs.ts';
import { leafOf } from '../store/proofs.ts';
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
    const rows = await countedRequests(source.db, source.teamId, { size: source.size, after, limit: PAGE });
    for (const { sealed, whole, ...row } of rows) {
      const member = { ...row, askedAt: row.askedAt.toISOString() };
      // What was asked for after the checkpoint belongs to a later one; what moved on since is counted as it was.
      if (whole) yield member;
      else if (sealed) yield { ...member, ...(await asSealed(source, row.number)) };
    }
    const last = rows.at(-1);
    if (!last) return;
    after = last.number;
  }
}

async function asSealed(source: Source, number: number): Promise<Pick<Member, 'status' | 'value'>> {
  const record = await readRequestRecord(source, number);
  if (!record) throw new Error(`EX-${number} is sealed, but its events cannot be read`);
  const { status, value } = record.state;
  return { status, value };
}

/** Whether a request of this number is under the checkpoint. */
export async function isSealed({ db, teamId, size }: Source, number: number): Promise<boolean> {
  const leaf = await leafOf(db, teamId, `request/${number}`, 1);
  return leaf !== null && leaf.position < size;
}

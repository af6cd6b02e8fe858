/** Checkpoints that others may have kept, each with the proof that the tree has only grown since. */
import { consistencyProof } from '../proof/merkle.ts';
import type { Source } from './record.ts';

/** So many of the newest; whoever has an older one compares it with `audit verify --roots`, on the record itself. */
const NEWEST = 500;

type Earlier = { size: number; note: string; proof: string[] };

/** Those that were published, the oldest first. */
export async function earlierCheckpoints({ db, teamId, size, tree }: Source): Promise<Earlier[]> {
  const rows = await db
    .selectFrom('checkpoints')
    .select(['size', 'note'])
    .where('team_id', '=', teamId)
    .where('size', '<', String(size))
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('publications')
          .select('place')
          .whereRef('publications.team_id', '=', 'checkpoints.team_id')
          .whereRef('publications.size', '=', 'checkpoints.size'),
      ),
    )
    .orderBy('size', 'desc')
    .limit(NEWEST)
    .execute();
  const earlier: Earlier[] = [];
  for (const row of rows.reverse()) {
    const proof = await consistencyProof(Number(row.size), size, tree);
    earlier.push({ size: Number(row.size), note: row.note, proof: proof.map((one) => one.toString('base64')) });
  }
  return earlier;
}

/** Checkpoints that others may have kept, each with the proof that the tree has only grown since. */
import { consistencyProof } from '../proof/merkle.ts';
import { publishedBefore } from '../store/packs.ts';
import type { Source } from './record.ts';

/** So many of the newest; whoever has an older one compares it with `audit verify --roots`, on the record itself. */
const NEWEST = 500;

type Earlier = { size: number; note: string; proof: string[] };

/** Those that were published, the oldest first. */
export async function earlierCheckpoints({ db, teamId, size, tree }: Source): Promise<Earlier[]> {
  const earlier: Earlier[] = [];
  for (const { size: then, note } of await publishedBefore(db, teamId, size, NEWEST)) {
    const proof = await consistencyProof(then, size, tree);
    earlier.push({ size: then, note, proof: proof.map((one) => one.toString('base64')) });
  }
  return earlier;
}

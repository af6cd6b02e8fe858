/** Bytes of evidence, under their hash: the same bytes are kept once. */
import type { Db } from './schema.ts';

/** Where they were erased for another request, they are there again. @param sha256 of the bytes, in hex */
export async function keepBytes(db: Db, teamId: string, sha256: string, bytes: Buffer): Promise<void> {
  await db
    .insertInto('blobs')
    .values({ team_id: teamId, sha256, bytes })
    .onConflict((oc) => oc.columns(['team_id', 'sha256']).doUpdateSet({ bytes }).where('blobs.bytes', 'is', null))
    .execute();
}

/** Bytes of evidence, under their hash: the same bytes are kept once. */
import type { Db } from './schema.ts';

/** @param sha256 of the bytes, in hex */
export async function keepBytes(db: Db, teamId: string, sha256: string, bytes: Buffer): Promise<void> {
  await db
    .insertInto('blobs')
    .values({ team_id: teamId, sha256, bytes })
    .onConflict((oc) => oc.doNothing())
    .execute();
}

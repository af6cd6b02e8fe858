/** The pack of one request as it is now: sealed first, so that all of it is under a checkpoint. */
import type { KeyObject } from 'node:crypto';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { Instant } from '../core/values.ts';
import type { Db } from '../store/schema.ts';
import { seal } from '../store/seal.ts';
import { writePack } from './index.ts';

type Options = { db: Db; teamId: string; number: number; at: Instant; key: KeyObject | null };

/**
 * In memory whole, for whoever cannot take a stream: a request has few files, and each of them is limited.
 * @throws PackError, TreeError
 */
export async function packNow({ db, teamId, number, at, key }: Options): Promise<Buffer> {
  await seal({ db }, teamId, { at, key, checkpoint: true, patient: true });
  const through = new PassThrough();
  const [bytes] = await Promise.all([buffer(through), writePack(through, { db, teamId, what: { number }, key })]);
  return bytes;
}

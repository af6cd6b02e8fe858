/** What somebody can do to a record who owns its tables, and knows how it is made. */
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { Client } from 'pg';
import { noteOf, originOf } from '../../src/proof/checkpoint.ts';
import { Frontier, leafHash } from '../../src/proof/merkle.ts';
import { contentId, eventHash } from '../../src/store/hash.ts';
import { keyTextOf } from '../../src/store/sealKey.ts';

export const MALLORY: KeyObject = generateKeyPairSync('ed25519').privateKey;

/** Chains a stream anew from its event `from` on, and lets the request's row know. */
export async function rechain(client: Client, stream: string, from = 1): Promise<void> {
  const { rows } = await client.query('select * from events where stream = $1 order by seq', [stream]);
  let prev: string | null = null;
  for (const { tx, hash: before, at, ...event } of rows) {
    const hash: string = event.seq < from ? before : eventHash({ ...event, at: at.toISOString(), prev_hash: prev });
    await client.query('update events set prev_hash = $3, hash = $4 where stream = $1 and seq = $2', [
      ...[stream, event.seq],
      ...(event.seq < from ? [event.prev_hash, hash] : [prev, hash]),
    ]);
    prev = hash;
  }
  await client.query(`update requests set version = $2, head = $3 where 'request/' || number = $1`, [
    stream,
    rows.length,
    prev,
  ]);
}

/** Gives words another text, under the id that this text has, wherever the old id stands. */
export async function reword(client: Client, before: string, after: string): Promise<void> {
  const { rows } = await client.query('select id, nonce from contents where bytes = $1', [before]);
  for (const { id, nonce } of rows) {
    const other = contentId(nonce, after);
    await client.query('update contents set id = $2, bytes = $3 where id = $1', [id, other, after]);
    for (const [table, column] of [
      ['events', 'data'],
      ['requests', 'state'],
    ])
      await client.query(`update ${table} set ${column} = replace(${column}::text, $1, $2)::json`, [id, other]);
  }
}

/**
 * Makes the tree and every checkpoint anew from the events as they are: leaves of events that are gone go, the others move up.
 * @param key signs the checkpoints; null leaves them unsigned
 */
export async function reseal(client: Client, teamId: string, key: KeyObject | null): Promise<void> {
  const { rows: leaves } = await client.query(
    'select stream, seq, e.hash from leaves l join events e using (team_id, stream, seq) order by position',
  );
  const { rows: sizes } = await client.query('select size, at from checkpoints order by size');
  await client.query('delete from leaves');
  await client.query('delete from nodes');
  await client.query('delete from checkpoints');
  const tree = new Frontier();
  const put = async (at: Date) => {
    const root = tree.root();
    const note = noteOf({ origin: originOf(teamId), size: tree.size, root, at: at.toISOString() }, key);
    await client.query('insert into checkpoints (team_id, size, root, at, note) values ($1, $2, $3, $4, $5)', [
      ...[teamId, tree.size, root, at, note],
    ]);
  };
  for (const { stream, seq, hash } of leaves) {
    const leaf = leafHash(Buffer.from(hash, 'hex'));
    await client.query('insert into leaves values ($1, $2, $3, $4, $5)', [teamId, tree.size, stream, seq, leaf]);
    tree.append(leaf);
    for (const { at } of sizes.filter(({ size }) => Number(size) === tree.size)) await put(at);
  }
  if (!sizes.some(({ size }) => Number(size) === tree.size)) await put(sizes.at(-1)?.at);
  await client.query('delete from publications p where not exists (select from checkpoints c where c.size = p.size)');
  await client.query('update seals set size = $1', [tree.size]);
}

/** Everybody is to believe that Mallory's key was the right one all along. */
export async function recordKey(client: Client, teamId: string, key: KeyObject): Promise<void> {
  await client.query(
    `update events set data = jsonb_set(data::jsonb, '{key}', to_jsonb($1::text)) where stream = 'seal'`,
    [keyTextOf(teamId, key)],
  );
  await rechain(client, 'seal');
}

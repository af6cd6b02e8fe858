/** Bytes of evidence: each file that was kept must be there, and be what was kept, or be gone on the record. */
import type { Fault } from './fault.ts';
import type { Reader } from './reader.ts';
import type { Ending } from './stream.ts';

const BYTES = `
  select i as file, case when b.sha256 is null then 'missing' when b.bytes is null then 'gone' else 'changed' end as how
  from unnest($2::text[]) i left join lateral (
    select sha256, bytes from blobs where team_id = $1 and sha256 = i limit 1
  ) b on true
  where b.sha256 is null or b.bytes is null or encode(sha256(b.bytes), 'hex') <> i`;

/** @param endings of requests with which nothing else is wrong @returns at most one fault each */
export async function evidenceFaults(read: Reader, teamId: string, endings: readonly Ending[]): Promise<Fault[]> {
  const files = [...new Set(endings.flatMap(({ state }) => state.keptFiles.map(({ sha256 }) => sha256)))];
  if (files.length === 0) return [];
  const rows = await read(BYTES, [teamId, files]);
  const odd = new Map(rows.map(([file, how]) => [file, how]));
  return endings.flatMap(({ stream, state }): Fault[] => {
    const erased = new Set(state.erasures.flatMap(({ files }) => files));
    const found = state.keptFiles.find(
      ({ sha256 }) => odd.has(sha256) && !(erased.has(sha256) && odd.get(sha256) !== 'changed'),
    );
    if (!found) return [];
    const { sha256: file } = found;
    return [{ stream, seq: null, what: odd.get(file) === 'changed' ? 'bytes_changed' : 'bytes_missing', file }];
  });
}

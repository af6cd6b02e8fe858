/** Copies of one request: its events, words and rows as texts with gaps, so that a copy is made in microseconds. */
import { randomBytes } from 'node:crypto';
import canonicalize from 'canonicalize';
import type pg from 'pg';
import { contentId } from '../../src/app/content.ts';
import { TEAM } from '../submission.ts';

/** What differs from copy to copy. */
type Filling = {
  number: number;
  /** Milliseconds by which every instant is moved. */
  shift: number;
  /** New ids of the words, by the old ones. */
  ids: ReadonlyMap<string, string>;
  rule: string;
  prev: string;
};
type Text = (filling: Filling) => string;
type Copied = { table: string; line: string }[];

const RULES = ['refund-window', 'discount', 'payment-terms', 'sla-credit', 'data-retention'];
const HASH = 'PREVIOUS-HASH';
const CUSTOMERS = 20_000;
const INSTANT = /\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d{1,3})?(?:Z|\+00)/;

/** A text in which what differs is left open. */
function gaps(text: string, number: number, ids: ReadonlySet<string>): Text {
  const open = new RegExp(
    [INSTANT.source, '[0-9a-f]{64}', HASH, RULES[0], `(?<="number": ?)${number}\\b`, `request/${number}\\b`].join('|'),
    'g',
  );
  const parts: Text[] = [];
  let from = 0;
  for (const { 0: found, index } of text.matchAll(open)) {
    const gap = gapOf(found, ids);
    if (!gap) continue;
    const before = text.slice(from, index);
    parts.push(() => before, gap);
    from = index + found.length;
  }
  const rest = text.slice(from);
  return (filling) => parts.reduce((done, part) => done + part(filling), '') + rest;
}

function gapOf(found: string, ids: ReadonlySet<string>): Text | null {
  if (found === HASH) return ({ prev }) => prev;
  if (found === RULES[0]) return ({ rule }) => rule;
  if (found.startsWith('request/')) return ({ number }) => `request/${number}`;
  if (/^\d+$/.test(found) && found.length < 64) return ({ number }) => String(number);
  if (ids.has(found)) return ({ ids }) => ids.get(found) ?? '';
  if (found.length === 64) return null;
  const at = Date.parse(found);
  return ({ shift }) => new Date(at + shift).toISOString();
}

const escaped = (text: string): string => text.replaceAll('\\', '\\\\');
const line = (values: readonly (string | null)[]): string =>
  `${values.map((value) => (value === null ? '\\N' : value)).join('\t')}\n`;

/** @returns makes the copy `number`, whose instants are moved by `shift`, and says the hashes of its events in order */
export async function copier(client: pg.Client, original: number) {
  await client.query(`set timezone to 'UTC'`);
  const read = async (text: string) =>
    (await client.query<(string | null)[]>({ text, rowMode: 'array', values: [TEAM, original], types: AS_TEXT })).rows;
  const events = await client.query(
    `select team_id, stream, seq, type, schema_version, data, actor, at, prev_hash, data::text as text from events
     where team_id = $1 and stream = 'request/' || $2::text order by seq`,
    [TEAM, original],
  );
  const contents = await client.query<{ id: string; bytes: string }>(
    `select id, bytes from contents where team_id = $1 and id in (
       select x #>> '{}' from events, jsonb_path_query(data::jsonb, '$.**.content') x
       where team_id = $1 and stream = 'request/' || $2::text)`,
    [TEAM, original],
  );
  const ids = new Set(contents.rows.map(({ id }) => id));
  const open = (text: string) => gaps(text, original, ids);
  const envelopes = events.rows.map(({ text, at, prev_hash, ...row }) => {
    const envelope = { ...row, at: at.toISOString(), prev_hash: prev_hash && HASH };
    const stored = [
      TEAM,
      row.stream,
      `${row.seq}`,
      row.type,
      `${row.schema_version}`,
      escaped(text),
      row.actor,
      envelope.at,
    ];
    return {
      canonical: open(canonicalize(envelope) ?? ''),
      stored: open(stored.join('\t')),
      first: prev_hash === null,
    };
  });
  const [customer] = (
    await read(`select state -> 'customer' ->> 'content' from requests where team_id = $1 and number = $2`)
  ).flat();
  const tables: { table: string; rows: ReturnType<typeof rowOf>[] }[] = [];
  for (const table of ['requests', 'decisions', 'decision_people'] as const) {
    const key = table === 'requests' ? 'number' : 'request_number';
    const { rows, fields } = await client.query<(string | null)[]>({
      ...{ text: `select * from ${table} where team_id = $1 and ${key} = $2`, rowMode: 'array', types: AS_TEXT },
      values: [TEAM, original],
    });
    const names = fields.map(({ name }) => name);
    tables.push({ table, rows: rows.map((row) => rowOf(names, row, open)) });
  }

  return function copy(number: number, shift: number, sha256: (text: string) => string) {
    const renamed = new Map<string, string>();
    const rule = RULES[number % RULES.length] ?? '';
    const suffix = ` ${number % CUSTOMERS}`;
    const lines: Copied = [];
    for (const { id, bytes } of contents.rows) {
      const nonce = randomBytes(16).toString('hex');
      const text = id === customer ? bytes + suffix : bytes;
      renamed.set(id, contentId(nonce, text));
      lines.push({
        table: 'contents',
        line: line([TEAM, renamed.get(id) ?? '', nonce, escaped(text), `request/${number}`]),
      });
    }
    const filling = { number, shift, ids: renamed, rule, prev: '' };
    const hashes: string[] = [];
    for (const { canonical, stored, first } of envelopes) {
      const hash = sha256(canonical(filling));
      lines.push({ table: 'events', line: line([stored(filling), first ? null : filling.prev, hash]) });
      filling.prev = hash;
      hashes.push(hash);
    }
    for (const { table, rows } of tables) for (const row of rows) lines.push({ table, line: row(filling, suffix) });
    return { lines, hashes };
  };
}

/** The last event's hash, the number and the customer stand in columns of their own. */
function rowOf(names: string[], row: (string | null)[], open: (text: string) => Text) {
  const texts = row.map((value, at) => {
    const name = names[at] ?? '';
    if (value === null) return () => '\\N';
    if (name === 'head') return ({ prev }: Filling) => prev;
    if (name === 'number' || name === 'request_number') return ({ number }: Filling) => String(number);
    if (name === 'customer_key') return (_filling: Filling, suffix: string) => value + suffix;
    return open(escaped(value));
  });
  return (filling: Filling, suffix: string): string => `${texts.map((text) => text(filling, suffix)).join('\t')}\n`;
}

const AS_TEXT = { getTypeParser: () => (value: unknown) => value } as unknown as pg.CustomTypesConfig;

import type { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLogger } from '../../src/log.ts';
import { noteOf, originOf, parseVerifierKey } from '../../src/proof/checkpoint.ts';
import { Frontier } from '../../src/proof/merkle.ts';
import { type Fault, type Outside, type Verdict, verifyChains } from '../../src/store/audit/verify.ts';
import { connect } from '../../src/store/connect.ts';
import { copyDatabase } from '../support/copy.ts';
import { withClient } from '../support/database-url.ts';
import { createSealedRecord, type SealedRecord } from '../support/sealedRecord.ts';
import { MALLORY, rechain, recordKey, reseal, reword } from '../support/tampering.ts';

let record: SealedRecord;
beforeAll(async () => {
  record = await createSealedRecord();
});
afterAll(() => record.drop());

/** What auditors keep elsewhere: every checkpoint that was published, and the key. */
const roots = (): Outside => ({ copies: [{ name: 'kept.txt', text: record.notes.join('\n') }], keys: [] });
const key = (): Outside => ({ copies: [], keys: [parseVerifierKey(record.key)].filter((one) => one !== null) });
const NOTHING: Outside = { copies: [], keys: [] };

async function verify(url: string, outside: Outside = NOTHING, logOnly = false): Promise<Verdict> {
  const store = connect(url, createLogger({ level: 'silent' }), 1);
  try {
    return await verifyChains(store.db, record.teamId, { outside, logOnly });
  } finally {
    await store.close();
  }
}

type Tampering = string[] | ((client: Client) => Promise<unknown>);

/** What the audit says after somebody who is above the database's own triggers did this. */
const whatIsToldOf = (tampering: Tampering, outside?: Outside): Promise<Verdict> =>
  afterIt(tampering, (url) => verify(url, outside));

async function afterIt<T>(tampering: Tampering, look: (url: string) => Promise<T>): Promise<T> {
  const copy = await copyDatabase(record);
  try {
    await withClient(copy.url, async (client) => {
      await client.query('set session_replication_role = replica');
      if (typeof tampering === 'function') return tampering(client);
      for (const statement of tampering) {
        const { rowCount, command } = await client.query(statement);
        if (command !== 'ALTER') expect(rowCount, `rows touched by ${statement}`).toBeGreaterThan(0);
      }
    });
    return await look(copy.url);
  } finally {
    await copy.drop();
  }
}

/** `request/1 3 changed`; what follows says which words, columns or checkpoint. */
function told(fault: Fault): string {
  const detail =
    'columns' in fault
      ? fault.columns.join()
      : 'checkpoint' in fault
        ? fault.checkpoint.size
        : 'position' in fault
          ? fault.position
          : '';
  return [fault.stream, fault.seq ?? '-', fault.what, detail].join(' ').trim();
}

const event = (stream: string, seq: number) => `where stream = '${stream}' and seq = ${seq}`;
const request = (number: number) => `where number = ${number}`;
const of = (number: number) => `where request_number = ${number}`;
const UNKEYED = (table: string) => `alter table ${table} drop constraint ${table}_pkey cascade`;

const leavesSwapped = [
  `update leaves set stream = 'x' || stream where position in (2, 4)`,
  `update leaves l set stream = substr(o.stream, 2), seq = o.seq, hash = o.hash from leaves o where l.position in (2, 4) and o.position = 6 - l.position`,
];

/** Everything that is found without anything from outside. */
const FOUND: [what: string, tampering: Tampering, told: string[]][] = [
  // One column of one event.
  ['the type of an event', [`update events set type = 'nudged' ${event('request/1', 5)}`], ['request/1 5 changed']],
  ['its version', [`update events set schema_version = 2 ${event('request/1', 5)}`], ['request/1 5 changed']],
  [
    'one digit of what it says',
    [`update events set data = jsonb_set(data::jsonb, '{value}', '"901"') ${event('request/1', 1)}`],
    ['request/1 1 changed'],
  ],
  [
    'a field more in it',
    [`update events set data = data::jsonb || '{"x": 1}' ${event('request/1', 1)}`],
    ['request/1 1 changed'],
  ],
  [
    'half a pair of characters in it, which no text can have',
    [`update events set data = '{"value":"\\ud800"}' ${event('request/1', 1)}`],
    ['request/1 1 changed'],
  ],
  [
    'half a pair of characters in what is shown of a request',
    [
      `update requests set state = regexp_replace(state::text, '"category": ?"[^"]*"', '"category":"\\\\ud800"')::json ${request(1)}`,
    ],
    ['request/1 - row_changed state'],
  ],
  [
    'a number in it that is too large for any',
    [`update events set data = '{"value":1e400}' ${event('request/1', 1)}`],
    ['request/1 1 changed'],
  ],
  [
    'words beneath an event whose text was only written otherwise',
    [
      `update events set data = replace(data::text, '{"content":"', '{ "content" : "')::json ${event('request/1', 1)}`,
      `update contents set bytes = 'Something else.' where id = (
        select data -> 'rationale' ->> 'content' from events ${event('request/1', 1)})`,
    ],
    ['request/1 1 words_changed'],
  ],
  [
    'who did it, in the place of the one before',
    [
      'alter table events alter column actor drop not null',
      `update events e set actor = e.actor || E'\x1f' || n.actor from events n
       where e.stream = 'request/1' and e.seq = 1 and n.stream = e.stream and n.seq = 2`,
      `update events set actor = null ${event('request/1', 2)}`,
    ],
    ['request/1 1 changed'],
  ],
  [
    'words that are there a second time, changed',
    [
      'alter table contents drop constraint contents_pkey',
      `insert into contents select team_id, id, nonce, 'Something else.', stream from contents where id = (
        select data -> 'rationale' ->> 'content' from events ${event('request/1', 1)})`,
    ],
    ['request/1 1 words_changed'],
  ],
  ['who did it', [`update events set actor = 'U0MALLORY' ${event('request/1', 6)}`], ['request/1 6 changed']],
  ['when', [`update events set at = at - interval '1 millisecond' ${event('request/1', 6)}`], ['request/1 6 changed']],
  [
    'its predecessor',
    [`update events set prev_hash = repeat('0', 64) ${event('request/1', 6)}`],
    ['request/1 6 changed'],
  ],
  ['its hash', [`update events set hash = repeat('0', 64) ${event('request/1', 6)}`], ['request/1 6 changed']],
  ['its hash into no hash', [`update events set hash = 'none' ${event('request/1', 6)}`], ['request/1 6 changed']],
  ['its place in the stream', [`update events set seq = 70 ${event('request/1', 7)}`], ['request/1 7 missing']],
  [
    'a separator in its actor',
    [`update events set actor = actor || chr(31) || 'x' ${event('request/1', 6)}`],
    ['request/1 6 changed'],
  ],
  [
    'its transaction into one that the sealer has passed, with its leaf gone',
    ["update events set tx = '3' where stream = 'request/8'", `delete from leaves where stream = 'request/8'`],
    ['request/8 1 unsealed', 'tree - tree_cut_off'],
  ],
  ['an event of compliance', [`update events set actor = 'U0MALLORY' ${event('seal', 1)}`], ['seal 1 changed']],
  [
    'an absence on the record',
    [`update events set data = jsonb_set(data::jsonb, '{delegate}', '"U0MALLORY"') ${event('person/U0LEE', 1)}`],
    ['person/U0LEE 1 changed', 'request/3 - row_changed decision_people'],
  ],
  // Dropped.
  ['an event in the middle is removed', [`delete from events ${event('request/1', 3)}`], ['request/1 3 missing']],
  ['the first event is removed', [`delete from events ${event('request/1', 1)}`], ['request/1 1 missing']],
  ['the end of a stream is cut off', [`delete from events ${event('request/1', 7)}`], ['request/1 7 cut_off']],
  [
    'the end of a stream is cut off, and its row put back',
    async (client) => {
      await client.query(`delete from events ${event('person/U0LEE', 1)}`);
      await client.query('delete from absences');
    },
    ['person/U0LEE 1 removed', 'request/3 - row_changed decision_people'],
  ],
  [
    'a whole request is removed with every row',
    async (client) => {
      await client.query(`delete from events where stream = 'request/8'`);
      await client.query(`delete from requests ${request(8)}`);
      await client.query(`delete from decision_people ${of(8)}`);
    },
    ['request/8 1 removed'],
  ],
  ['all events of a stream are removed', [`delete from events where stream = 'request/8'`], ['request/8 1 removed']],
  [
    'all events are removed',
    ['delete from events'],
    [
      'person/U0LEE 1 removed',
      'policy 1 removed',
      'policy_review/1 1 removed',
      'request/1 1 removed',
      'request/2 1 removed',
      'request/3 1 removed',
      'request/4 1 removed',
      'request/5 1 removed',
      'request/6 1 removed',
      'request/7 1 removed',
      'request/8 1 removed',
      'seal 1 removed',
      'tree - wrong_signature 9',
      'tree - wrong_signature 17',
      'tree - wrong_signature 28',
    ],
  ],
  // Inserted.
  [
    'an event is put in behind the last one, chained and unsealed',
    async (client) => {
      await client.query(
        `insert into events select team_id, stream, 8, 'taken', schema_version, data, 'U0MALLORY', at, hash, '' from events ${event('request/1', 5)}`,
      );
      await rechain(client, 'request/1', 8);
      await client.query(`update requests set version = 7 ${request(1)}`);
    },
    ['request/1 8 inserted'],
  ],
  [
    'an event is put in behind the sealer’s back',
    async (client) => {
      await client.query(`insert into events select team_id, 'access/2026-11-23', 1, 'record_viewed', schema_version,
      '{"what": "list", "requests": [], "from": null, "to": null}', 'U0MALLORY', at, null, '', '3' from events ${event('seal', 1)}`);
      await rechain(client, 'access/2026-11-23');
    },
    ['access/2026-11-23 1 unsealed'],
  ],
  [
    'a second event in the place of one',
    [
      UNKEYED('events'),
      `insert into events select team_id, stream, seq, type, schema_version, data, 'U0MALLORY', at, prev_hash, hash from events ${event('request/8', 1)}`,
    ],
    ['request/8 1 doubled'],
  ],
  // Reordered.
  [
    'two events of a stream change places',
    [
      `update events set seq = 99 ${event('request/1', 2)}`,
      `update events set seq = 2 ${event('request/1', 3)}`,
      `update events set seq = 3 ${event('request/1', 99)}`,
    ],
    ['request/1 2 changed'],
  ],
  [
    'an event moves to another request',
    [`update events set stream = 'request/8', seq = 2 ${event('request/1', 7)}`],
    ['request/1 7 cut_off', 'request/8 2 changed'],
  ],
  // Rewritten as far as one stream goes.
  [
    'an event is replaced, and its hash made to fit',
    async (client) => {
      await client.query(`update events set actor = 'U0MALLORY' ${event('request/1', 6)}`);
      const { rows } = await client.query(`select hash from events ${event('request/1', 7)}`);
      await rechain(client, 'request/1', 6);
      await client.query(`update events set hash = $1, prev_hash = repeat('1', 64) ${event('request/1', 7)}`, [
        rows[0].hash,
      ]);
    },
    ['request/1 6 replaced'],
  ],
  [
    'a stream is rewritten from an event on, with its row',
    async (client) => {
      await client.query(
        `update events set data = jsonb_set(data::jsonb, '{value}', '"90000"') ${event('request/8', 1)}`,
      );
      await client.query(
        `update requests set state = jsonb_set(state::jsonb, '{value}', '"90000"'), value = 90000 ${request(8)}`,
      );
      await rechain(client, 'request/8');
    },
    ['request/8 1 replaced'],
  ],
  [
    'words are changed, and every id and hash made to fit',
    async (client) => {
      await reword(client, 'The box is not ours.', 'The box is ours.');
      await rechain(client, 'request/2');
    },
    ['request/2 4 replaced'],
  ],
  // Words, files.
  [
    'what somebody typed',
    [`update contents set bytes = 'It goes.' where bytes = 'It stays.'`],
    ['policy_review/1 2 words_changed'],
  ],
  [
    'what a source said',
    [`update contents set bytes = '{"segment":"lead"}' where bytes like '%segment%'`],
    ['request/2 3 words_changed'],
  ],
  [
    'a nonce',
    [`update contents set nonce = repeat('0', 32) where bytes = 'The box is not ours.'`],
    ['request/2 4 words_changed'],
  ],
  ['words are removed', [`delete from contents where bytes = 'The box is not ours.'`], ['request/2 4 words_missing']],
  [
    'words are emptied with nothing on the record',
    [`update contents set nonce = null, bytes = null where bytes = 'The box is not ours.'`],
    ['request/2 4 words_missing'],
  ],
  [
    'a file is changed',
    [`update blobs set bytes = 'another picture' where bytes is not null`],
    ['request/2 - bytes_changed'],
  ],
  ['a file is removed', ['delete from blobs where bytes is not null'], ['request/2 - bytes_missing']],
  [
    'a file is emptied with nothing on the record',
    ['update blobs set bytes = null where bytes is not null'],
    ['request/2 - bytes_missing'],
  ],
  // Rows that are made from events.
  [
    'a decision by somebody else',
    [`update decisions set person = 'U0MALLORY' ${of(2)}`],
    ['request/2 - row_changed decisions'],
  ],
  [
    'a decision turned round',
    [`update decisions set outcome = 'approved' ${of(2)}`],
    ['request/2 - row_changed decisions'],
  ],
  [
    'a decision at another time',
    [`update decisions set at = at + interval '1 hour' ${of(2)}`],
    ['request/2 - row_changed decisions'],
  ],
  [
    'a decision that took longer',
    [`update decisions set read_ms = 60000 ${of(2)}`],
    ['request/2 - row_changed decisions'],
  ],
  ['a decision is removed', [`delete from decisions ${of(2)}`], ['request/2 - row_changed decisions']],
  [
    'a decision is made up',
    [`insert into decisions select team_id, 8, round, stage, outcome, person, at from decisions ${of(2)}`],
    ['request/8 - row_changed decisions'],
  ],
  [
    'a decision of no request',
    [`update decisions set request_number = 99 ${of(2)}`],
    ['request/2 - row_changed decisions', 'request/99 - events_missing'],
  ],
  [
    'somebody who decided may again',
    [`delete from decision_people ${of(1)} and role = 'decider' and person = 'U0OLGA'`],
    ['request/1 - row_changed decision_people'],
  ],
  [
    'whoever asks may decide',
    [`delete from decision_people ${of(8)} and role = 'requester'`],
    ['request/8 - row_changed decision_people'],
  ],
  [
    'somebody stands there for somebody else',
    [`update decision_people set person = 'U0MALLORY' ${of(8)} and role = 'requester'`],
    ['request/8 - row_changed decision_people'],
  ],
  [
    'somebody stands there as something else',
    [`update decision_people set role = 'owner' ${of(8)} and role = 'requester'`],
    ['request/8 - row_changed decision_people'],
  ],
  [
    'whoever is covered may decide as well',
    [`delete from decision_people ${of(3)} and role = 'cover'`],
    ['request/3 - row_changed decision_people'],
  ],
  [
    'somebody is barred for nothing',
    [`insert into decision_people select team_id, 8, 1, 'U0LIA', 'cover' from decision_people ${of(8)} limit 1`],
    ['request/8 - row_changed decision_people'],
  ],
  ['a request’s row is removed', [`delete from requests ${request(8)}`], ['request/8 - row_missing']],
  [
    'a request’s row without events',
    [`update requests set number = 99 ${request(8)}`],
    ['request/8 - row_missing', 'request/99 - events_missing'],
  ],
  [
    'the text of a policy',
    [`update policies set document = replace(document, '10000', '99999') where version = 1`],
    ['policy 1 row_changed policy version 1'],
  ],
  [
    'who published a policy',
    [`update policies set published_by = 'U0MALLORY' where version = 1`],
    ['policy 1 row_changed policy version 1'],
  ],
  [
    'when a policy was published',
    [`update policies set published_at = published_at - interval '1 day' where version = 1`],
    ['policy 1 row_changed policy version 1'],
  ],
  ['a policy is removed', ['delete from policies where version = 2'], ['policy 2 row_changed policy version 2']],
  [
    'a policy is added',
    [
      `insert into policies select team_id, 3, sha256, document, published_by, published_at from policies where version = 2`,
    ],
    ['policy - row_changed policy version 3'],
  ],
  [
    'what came of a review',
    [`update policy_reviews set outcome = 'changed'`],
    ['policy_review/1 - row_changed outcome'],
  ],
  ['a review is removed', ['delete from policy_reviews'], ['policy_review/1 - row_missing']],
  ['an absence', [`update absences set delegate = 'U0MALLORY'`], ['person/U0LEE - row_changed absences']],
  ['an absence is removed', ['delete from absences'], ['person/U0LEE - row_changed absences']],
  [
    'an absence is made up',
    [`insert into absences select team_id, 'U0LIA', absence, "from", until, person, set_by, set_at from absences`],
    ['person/U0LIA - events_missing'],
  ],
  [
    'an assistant is made up',
    [`insert into assistants select team_id, person, 'U0MALLORY' from absences`],
    ['person/U0LEE - row_changed assistants'],
  ],
  // The seal.
  [
    'a leaf',
    ['update leaves set hash = sha256(hash) where position = 3'],
    ['request/1 2 replaced', 'tree - root_changed 9'],
  ],
  [
    'two leaves change places',
    [UNKEYED('leaves'), 'update leaves set position = 6 - position where position in (2, 4)'],
    ['tree - root_changed 9'],
  ],
  ['two leaves change their events', [...leavesSwapped], ['tree - root_changed 9']],
  [
    'a leaf in the middle is removed',
    ['delete from leaves where position = 3'],
    ['request/1 2 unsealed', 'tree - leaf_missing 3', 'tree - root_changed 9'],
  ],
  [
    'a leaf is there twice',
    [`insert into leaves select team_id, 28, stream, 99, hash from leaves where position = 3`],
    ['request/1 99 removed'],
  ],
  [
    'the end of the tree is cut off',
    ['delete from leaves where position = 27'],
    ['request/8 1 unsealed', 'tree - tree_cut_off'],
  ],
  [
    'a leaf is named for another event',
    [`update leaves set seq = 99 ${event('request/8', 1)}`],
    ['request/8 1 unsealed'],
  ],
  [
    'the root of a checkpoint',
    ['update checkpoints set root = sha256(root) where size = 28'],
    ['tree - note_changed 28', 'tree - root_changed 28'],
  ],
  [
    'the size of a checkpoint',
    ['update checkpoints set size = 27 where size = 28', 'update publications set size = 27 where size = 28'],
    ['tree - note_changed 27', 'tree - root_changed 27'],
  ],
  [
    'the time of a checkpoint',
    [`update checkpoints set at = at - interval '1 day' where size = 28`],
    ['tree - note_changed 28'],
  ],
  [
    'the text of a checkpoint',
    [`update checkpoints set note = replace(note, '2026-', '2025-') where size = 28`],
    ['tree - note_changed 28'],
  ],
  [
    'a text is added to a checkpoint',
    [`update checkpoints set note = 'x' || note where size = 28`],
    ['tree - note_changed 28'],
  ],
  ['a checkpoint is removed', ['delete from checkpoints where size = 28'], ['tree - checkpoint_missing 28']],
  ['a checkpoint is forged with another key', (client) => forge(client, 27, MALLORY), ['tree - wrong_signature 27']],
  ['a checkpoint is forged without a key', (client) => forge(client, 27, null), ['tree - unsigned 27']],
  [
    'a checkpoint has a second root',
    async (client) => {
      await client.query(UNKEYED('checkpoints'));
      await client.query(
        'insert into checkpoints select team_id, size, sha256(root), at, note from checkpoints where size = 28',
      );
    },
    ['tree - forked 28', 'tree - note_changed 28', 'tree - root_changed 28'],
  ],
  [
    'a signature is stripped',
    [`update checkpoints set note = split_part(note, E'\n\n', 1) || E'\n' where size = 28`],
    ['tree - unsigned 28'],
  ],
  [
    'a signature is another checkpoint’s',
    [
      `update checkpoints c set note = split_part(c.note, E'\n\n', 1) || E'\n\n' || split_part(o.note, E'\n\n', 2) from checkpoints o where c.size = 28 and o.size < 28`,
    ],
    ['tree - wrong_signature 28'],
  ],
  [
    'a publication of what is not there',
    ['update publications set size = 25 where size = 28'],
    ['tree - checkpoint_missing 25'],
  ],
  [
    'all checkpoints are removed',
    ['delete from checkpoints'],
    ['tree - checkpoint_missing 9', 'tree - checkpoint_missing 17', 'tree - checkpoint_missing 28'],
  ],
  [
    'the whole tree is removed',
    ['delete from leaves', 'delete from checkpoints', 'delete from publications', 'update seals set size = 0'],
    [
      'person/U0LEE 1 unsealed',
      'policy 1 unsealed',
      'policy_review/1 1 unsealed',
      'request/1 1 unsealed',
      'request/2 1 unsealed',
      'request/3 1 unsealed',
      'request/4 1 unsealed',
      'request/5 1 unsealed',
      'request/6 1 unsealed',
      'request/7 1 unsealed',
      'request/8 1 unsealed',
      'seal 1 unsealed',
    ],
  ],
];

/** What fits together without anything from outside, and is found with it. */
const FOUND_OUTSIDE: [what: string, tampering: Tampering, outside: () => Outside, told: string[]][] = [
  [
    'the tree is removed as if nothing had ever been sealed',
    ['delete from leaves', 'delete from checkpoints', 'delete from publications', 'delete from seals'],
    roots,
    ['tree - log_cut_off 9', 'tree - log_cut_off 17', 'tree - log_cut_off 28'],
  ],
  ['the end of the record is cut off, tree and checkpoints too', cutOff, roots, ['tree - log_cut_off 28']],
  [
    'everything is rewritten, with checkpoints that are not signed',
    (client) => rewrite(client, null),
    roots,
    ['tree - forked 9', 'tree - forked 17', 'tree - forked 28'],
  ],
  [
    'everything is rewritten, with the key',
    (client) => rewrite(client, MALLORY),
    roots,
    ['tree - forked 9', 'tree - forked 17', 'tree - forked 28'],
  ],
  [
    'everything is rewritten and signed with another key',
    (client) => rewrite(client, MALLORY),
    key,
    ['tree - other_key', 'tree - wrong_signature 9', 'tree - wrong_signature 17', 'tree - wrong_signature 28'],
  ],
  [
    'all signatures are stripped, and the record says that there was no key',
    (client) => rewrite(client, null),
    key,
    ['tree - other_key'],
  ],
];

/** A checkpoint of a size that never had one, with the right root. */
async function forge(client: Client, size: number, signer: typeof MALLORY | null): Promise<void> {
  const { rows } = await client.query('select hash from leaves where position < $1 order by position', [size]);
  const tree = new Frontier();
  for (const { hash } of rows) tree.append(hash);
  const checkpoint = { origin: originOf(record.teamId), size, root: tree.root(), at: '2026-11-24T12:00:00.000Z' };
  const values = [record.teamId, size, checkpoint.root, checkpoint.at, noteOf(checkpoint, signer)];
  await client.query('insert into checkpoints (team_id, size, root, at, note) values ($1, $2, $3, $4, $5)', values);
}

/** The last request was never asked for. */
async function cutOff(client: Client): Promise<void> {
  await client.query(`delete from events where stream = 'request/8'`);
  await client.query(`delete from requests ${request(8)}`);
  await client.query(`delete from decision_people ${of(8)}`);
  await client.query('delete from leaves where position = 27');
  await client.query('delete from checkpoints where size = 28');
  await client.query('delete from publications where size = 28');
  await client.query('update seals set size = 27');
}

/** EX-2 was for ten times as much, and always had been. */
async function rewrite(client: Client, signer: typeof MALLORY | null): Promise<void> {
  if (signer) await recordKey(client, record.teamId, signer);
  else await client.query(`update events set data = '{"key": null}' where stream = 'seal'`);
  if (!signer) await rechain(client, 'seal');
  await client.query(`update events set data = jsonb_set(data::jsonb, '{value}', '"9000"') ${event('request/2', 1)}`);
  await client.query(
    `update requests set state = jsonb_set(state::jsonb, '{value}', '"9000"'), value = 9000 ${request(2)}`,
  );
  await rechain(client, 'request/2');
  await reseal(client, record.teamId, signer);
}

describe('an untouched record', () => {
  it('has nothing wrong with it, though words were erased, people away and a key changed', async () => {
    const nothing = { faults: [], faulty: 0, events: 28, size: 28, pending: 0 };
    expect(await verify(record.url)).toMatchObject(nothing);
    expect(await verify(record.url, NOTHING, true)).toMatchObject(nothing);
  });

  it('agrees with everything that is kept of it elsewhere', async () => {
    const outside = { ...roots(), ...{ keys: key().keys } };
    expect(await verify(record.url, outside)).toMatchObject({ faults: [], compared: record.notes.length });
  });
});

const MADE_FROM_IT = ['requests', 'decisions', 'decision_people', 'policy_reviews', 'absences', 'assistants'];
// What is added as the bot adds it differs from that by its request's row alone.
const ADDED = 'an event is put in behind the last one, chained and unsealed';
const CHANGED = /\b(?:update|insert into|delete from|alter table) (\w+)/g;

/** Whether a check of the log alone passes it by: only rows that are made from the log are touched. */
function isBesideTheLog(what: string, tampering: Tampering): boolean {
  const changed = Array.from(String(tampering).matchAll(CHANGED), ([, table = '']) => table);
  return what === ADDED || (changed.length > 0 && changed.every((table) => MADE_FROM_IT.includes(table)));
}

describe('the audit finds, and a check of the log alone as well unless only rows made from the log are touched', () => {
  it.each(FOUND)('%s', async (what, tampering, expected) => {
    const [{ faults, faulty }, logAlone] = await afterIt(tampering, async (url) => [
      await verify(url),
      await verify(url, NOTHING, true),
    ]);
    // Which of two roots of one size is come upon first is the database's to say.
    expect(faults.map(told).sort()).toEqual([...expected].sort());
    expect(faulty).toBe(faults.length);
    expect(logAlone.faulty > 0).toBe(!isBesideTheLog(what, tampering));
  });
});

describe('a request’s row', () => {
  /** It follows from the rules and the time as well, and does no harm for being early or late. */
  const NOT_COMPARED = ['attention_at'];
  const OTHER: Record<string, (column: string) => string> = {
    text: () => `'other'`,
    integer: (column) => `coalesce(${column}, 0) + 1`,
    numeric: (column) => `coalesce(${column}, 0) + 1`,
    boolean: (column) => `not ${column}`,
    json: (column) => `${column}::jsonb || '{"x": 1}'`,
    ARRAY: () => `'{other}'`,
    'timestamp with time zone': (column) => `coalesce(${column}, now()) + interval '1 hour'`,
  };

  it('is compared with the events column by column', async () => {
    const copy = await copyDatabase(record);
    const missed: string[] = [];
    await withClient(copy.url, async (client) => {
      await client.query('set session_replication_role = replica');
      const { rows } = await client.query<{ name: string; type: string }>(
        `select column_name as name, data_type as type from information_schema.columns
         where table_name = 'requests' and column_name not in ('team_id', 'number')`,
      );
      await client.query('create table before as select * from requests');
      for (const { name, type } of rows) {
        const { rowCount } = await client.query(`update requests set ${name} = ${OTHER[type]?.(name)} ${request(8)}`);
        expect(rowCount).toBe(1);
        const { faults } = await verify(copy.url);
        if (faults.length === 0) missed.push(name);
        await client.query(`update requests r set ${name} = b.${name} from before b where b.number = r.number`);
      }
      expect(rows.length).toBeGreaterThan(20);
    });
    await copy.drop();
    expect(missed).toEqual(NOT_COMPARED);
  });
});

describe('with what is kept elsewhere the audit finds', () => {
  it.each(FOUND_OUTSIDE)('%s', async (_what, tampering, outside, expected) => {
    expect((await whatIsToldOf(tampering)).faults.map(told)).toEqual([]);
    expect((await whatIsToldOf(tampering, outside())).faults.map(told)).toEqual(expected);
  });
});

it('tries at least forty ways', () => expect(FOUND.length + FOUND_OUTSIDE.length).toBeGreaterThan(40));

/** A record with something of everything in it, made by commands and sealed, of which tests make copies to tamper with. */
import { createHash, generateKeyPairSync } from 'node:crypto';
import { handleAbsence } from '../../src/app/absences.ts';
import { toWords } from '../../src/app/content.ts';
import { handleReview } from '../../src/app/policyReview.ts';
import { PARTS } from '../../src/core/events/audit.ts';
import { isRefusal } from '../../src/core/refusal.ts';
import { lookForRecurrenceWith } from '../../src/jobs/errands/lookForRecurrence.ts';
import { createLogger } from '../../src/log.ts';
import { keepBytes } from '../../src/store/blobs.ts';
import { createPersonLog } from '../../src/store/personStreams.ts';
import { createReviewLog } from '../../src/store/policyReviews.ts';
import { markPublished } from '../../src/store/publications.ts';
import { publishPolicy } from '../../src/store/publish.ts';
import { seal } from '../../src/store/seal.ts';
import { keyTextOf, recordSealKey } from '../../src/store/sealKey.ts';
import { hour, idOf, type Name } from './cast.ts';
import {
  deleteRemark,
  editRemark,
  type form,
  type Order,
  picture,
  reading,
  remark,
  sourcesSay,
  take,
} from './given.ts';
import { PROCEDURE_TEXT } from './policy.ts';
import { seenIn, TEAM } from './replica.ts';
import { createWorld } from './world.ts';

export type SealedRecord = {
  /** Connection string, as a superuser. Nobody is connected. */
  url: string;
  teamId: string;
  /** The verifier key that signs the checkpoints. */
  key: string;
  /** What was published of the checkpoints, the oldest first. */
  notes: string[];
  drop(): Promise<void>;
};

const FILE = Buffer.from('a picture of a box');
const GONE_FILE = Buffer.from('a picture of a face');
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/**
 * EX-1 was talked about, confirmed and approved until March, EX-2 rejected on evidence that was kept, EX-3 approved by
 * somebody who stands in, EX-4 to EX-6 are the same and have a review of the policy, EX-7 was withdrawn and erased, EX-8
 * renews EX-1 and waits.
 */
export async function createSealedRecord(): Promise<SealedRecord> {
  const world = await createWorld();
  const { store } = world;
  const { privateKey: key } = generateKeyPairSync('ed25519');
  let at = 1;
  const order = async (who: Name | 'system', given: Order, number: number) => {
    const done = await world.order(who, given, { number, at: hour(at++) });
    if (isRefusal(done)) throw new Error(`EX-${number}: ${given.type} was refused: ${JSON.stringify(done)}`);
  };
  const approve = async (who: Name, number: number, until?: string) => {
    const seen = seenIn(await world.read(number));
    const validity = until ? { validity: { from: hour(0).slice(0, 10), until } } : {};
    const rationale = toWords('Seen and judged.');
    await order(who, { type: 'approve', seen, rationale, checks: [], conditions: [], ...validity }, number);
  };
  // Words of their own each: the ids of those that tests write are the same for the same text.
  const asked = () => ({ customer: toWords('ACME GmbH'), impact: toWords('We keep them.') });
  const submit = (over: Parameters<typeof form>[0] = {}) => world.submit('ada', { ...asked(), ...over }, hour(at++));
  const keep = async (bytes: Buffer, number: number) => {
    await keepBytes(store.db, TEAM, sha256(bytes), bytes);
    const file = { file: 'F0BOX', name: 'box.png', size: bytes.length, mediaType: 'image/png', sha256: sha256(bytes) };
    await order('system', { type: 'keep_evidence', ...file }, number);
  };
  const notes: string[] = [];
  const checkpoint = async () => {
    const done = await seal(store, TEAM, { at: hour(at++), key, checkpoint: true, patient: true });
    if (!done.checkpoint) throw new Error('no checkpoint was written');
    notes.push(done.checkpoint.note);
    const { size } = done.checkpoint;
    await markPublished(store.db, TEAM, { size, place: 'slack', ref: `C0AUDIT ${size}` });
  };

  await recordSealKey(store, TEAM, key, hour(0));
  const one = await submit({ beneficiary: idOf('ben') });
  await order('ben', { ...remark('', '1.1'), words: toWords('Same as in May.') } as Order, one);
  await order('ben', { ...editRemark('', '1.1'), words: toWords('Same as in June.') } as Order, one);
  await order('ben', deleteRemark('1.1'), one);
  await order('olga', take, one);
  await approve('olga', one);
  await approve('lee', one, '2027-03-01');
  await checkpoint();

  const two = await submit({ files: [picture()] });
  await keep(FILE, two);
  const crm = { ...reading('crm', 'gold'), content: toWords('{"segment":"gold"}') };
  await order('system', sourcesSay([crm]), two);
  const rationale = toWords('The box is not ours.');
  await order('otto', { type: 'reject', seen: seenIn(await world.read(two)), rationale }, two);

  const persons = createPersonLog(store);
  const person = { person: idOf('lee'), by: idOf('lee'), rights: { supervisor: false, executive: false } };
  const away = { from: hour(at), until: hour(at + 500), delegate: idOf('lia'), why: toWords('Skiing.'), fit: true };
  await handleAbsence(persons, TEAM, { type: 'set', ...person, at: hour(at++), ...away }, 'away/1');
  const three = await submit();
  await approve('olga', three);
  await approve('lia', three);
  await checkpoint();

  await publishPolicy(store, TEAM, PROCEDURE_TEXT, hour(at++));
  const same = [];
  for (let n = 0; n < 3; n++) same.push(await submit({ customer: toWords('Nordwind') }));
  const reviews = createReviewLog(store);
  await lookForRecurrenceWith({
    ...{ db: store.db, reviews, policies: world.policies, clock: { now: () => hour(at) }, teamId: TEAM },
    ...{ log: createLogger({ level: 'silent' }), wake: () => undefined },
  })({ number: same[2] ?? 0 });
  const closed = {
    type: 'close',
    by: idOf('cleo'),
    at: hour(at++),
    outcome: 'kept',
    entitled: true,
    words: toWords('It stays.'),
  };
  await handleReview(reviews, TEAM, 1, closed as Parameters<typeof handleReview>[3]);

  const seven = await submit({ customer: toWords('Jane Roe'), files: [picture()] });
  await keep(GONE_FILE, seven);
  await order('ada', { type: 'withdraw', reason: toWords('Not any more.') }, seven);
  await order('cleo', { type: 'erase', because: 'request', what: [...PARTS], words: toWords('She asked.') }, seven);
  await submit({ renews: one });
  await checkpoint();

  await store.close();
  return { url: world.url, teamId: TEAM, key: keyTextOf(TEAM, key) ?? '', notes, drop: () => world.close() };
}

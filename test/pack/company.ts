/** A company with a past worth proving: one request to which nearly everything happened, and a few plain ones. */
import { generateKeyPairSync, hash, type KeyObject } from 'node:crypto';
import { Writable } from 'node:stream';
import { toWords } from '../../src/app/content.ts';
import { factsText } from '../../src/core/sources.ts';
import { type Packed, type PackOptions, writePack } from '../../src/pack/index.ts';
import { originOf, verifierKeyOf, verifierKeyText } from '../../src/proof/checkpoint.ts';
import { keepBytes } from '../../src/store/blobs.ts';
import { markPublished } from '../../src/store/publications.ts';
import { publishPolicy } from '../../src/store/publish.ts';
import { latestCheckpoint, seal } from '../../src/store/seal.ts';
import { hour } from '../support/cast.ts';
import {
  amend,
  answer,
  ask,
  close,
  deleteRemark,
  editRemark,
  execute,
  hold,
  picture,
  release,
  remark,
  sourcesSay,
} from '../support/given.ts';
import { POLICY_TEXT, policyWith } from '../support/policy.ts';
import { TEAM } from '../support/replica.ts';
import { createWorld, type World } from '../support/world.ts';
import { unzip } from '../support/zip.ts';

export const { privateKey: KEY } = generateKeyPairSync('ed25519');
export const KEY_TEXT = verifierKeyText(verifierKeyOf(originOf(TEAM), KEY));
export const OTHER_KEY_TEXT = verifierKeyText(verifierKeyOf(originOf(TEAM), generateKeyPairSync('ed25519').privateKey));

/** What people write to see what becomes of it. */
export const HOSTILE = 'Line one\r\n</script><script>alert(1)</script> "q" & \u2028 =SUM(1) 😀';
const PHOTO = Buffer.from('not really a picture\n');

export type Company = World & {
  /** Everything, under a checkpoint that is published. */
  seal(key?: KeyObject | null): Promise<void>;
  /** The text of the latest checkpoint. */
  checkpoint(): Promise<string>;
  pack(what: PackOptions['what'], key?: KeyObject | null): Promise<Made>;
};
export type Made = Packed & { bytes: Buffer; files: Map<string, Buffer> };

export async function createCompany(): Promise<Company> {
  const world = await createWorld();
  const { db } = world.store;
  return {
    ...world,
    seal: async (key = KEY) => {
      await seal(world.store, TEAM, { at: hour(1000), key, checkpoint: true, patient: true });
      const { size = 0 } = (await latestCheckpoint(db, TEAM)) ?? {};
      await markPublished(db, TEAM, { size, place: 'file', ref: 'here' });
    },
    checkpoint: async () => (await latestCheckpoint(db, TEAM))?.note ?? '',
    async pack(what, key = KEY) {
      const chunks: Buffer[] = [];
      const out = new Writable({
        write(chunk, _encoding, done) {
          chunks.push(chunk);
          done();
        },
      });
      const packed = await writePack(out, { db, teamId: TEAM, what, key });
      const bytes = Buffer.concat(chunks);
      return { ...packed, bytes, files: unzip(bytes) };
    },
  };
}

const said = (source: string, revenue: string) => ({
  ...{ source, name: source.toUpperCase(), outcome: 'ok' as const },
  content: toWords(factsText({ outcome: 'ok', facts: [{ field: 'revenue', label: 'Revenue', value: revenue }] })),
});

/** Asks for something with a file. @returns its number */
export async function attached({ store, submit, order }: World, name: string, bytes: Buffer): Promise<number> {
  const file = { ...picture('F0BIG', name), size: bytes.length };
  const number = await submit('ada', { files: [file] });
  const sha256 = hash('sha256', bytes, 'hex');
  await keepBytes(store.db, TEAM, sha256, bytes);
  const kept = { type: 'keep_evidence', file: file.id, name, size: bytes.length, mediaType: file.type } as const;
  await order('system', { ...kept, sha256 }, { number });
  return number;
}

/** @returns its number */
export async function liveThrough(world: Company): Promise<number> {
  const { store, order, submit, decide } = world;
  let at = 0;
  const next = () => hour(++at / 10);
  const file = picture('F0BOX', '../box <1>.png');
  const number = await submit('ada', { rationale: toWords(HOSTILE), files: [file], beneficiary: 'U0BEN' }, next());
  const does = async (who: Parameters<World['order']>[0], given: Parameters<World['order']>[1]) => {
    const done = await order(who, given, { number, at: next() });
    if ('refused' in done) throw new Error(`refused: ${JSON.stringify(done)}`);
  };
  const sha256 = hash('sha256', PHOTO, 'hex');
  await keepBytes(store.db, TEAM, sha256, PHOTO);
  await does('system', {
    type: 'keep_evidence',
    file: file.id,
    name: file.name,
    size: PHOTO.length,
    mediaType: 'image/png',
    sha256,
  });
  await does(
    'system',
    sourcesSay([
      said('crm', '1,200'),
      {
        source: 'billing',
        name: 'Billing',
        outcome: 'failed',
        content: toWords(factsText({ outcome: 'failed', because: 'timeout' })),
      },
    ]),
  );
  await does('olga', ask('Which invoice?'));
  await does('ada', answer(1, 'Number 7.'));
  await does('zoe', remark('They called me a fool.', '1.1'));
  await does('zoe', editRemark('They were unkind.', '1.1'));
  await does('zoe', deleteRemark('1.1'));
  await does('zoe', remark('Same as in May.', '1.2'));
  await does('zoe', editRemark('Same as in June.', '1.2'));
  await does('cleo', hold('regulatory'));
  await does('cleo', release(1, 'proceed'));
  await decide('approve', 'olga', number, { rationale: 'Details are right.', at: next() });
  const changed = amend({ value: '950', impact: toWords('We keep them, gladly.') });
  await does('ada', changed(await world.read(number)));
  await publishPolicy(store, TEAM, policyWith('Europe/Berlin', 'Europe/Vienna', POLICY_TEXT), next());
  await decide('approve', 'otto', number, { rationale: 'Checked again.', at: next() });
  await decide('approve', 'lee', number, { rationale: 'Worth it.', at: next() });
  await does('olga', execute('done', 'Refunded.'));
  await does('olga', close({ cause: 'policy-unfit', whys: [toWords('Nobody had told them.')] }));
  return number;
}

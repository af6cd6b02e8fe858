/** What auditors are given: the evidence of one request or of a period, as a pack or as a table. */
import { createWriteStream, existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { createClock } from '../../app/clock.ts';
import { readStoreConfig } from '../../config.ts';
import { PackError, type Packed, type PackOptions, writePack, writeTable } from '../../pack/index.ts';
import { readSealKey } from '../../sealKey.ts';
import { OPERATOR, recordLook } from '../../store/access.ts';
import type { Store } from '../../store/connect.ts';
import { TreeError, treeSize } from '../../store/proofs.ts';
import { seal } from '../../store/seal.ts';
import { clockOffset } from '../../store/workspaces.ts';
import { type Command, CommandError, count, type Io, reasonOf } from '../command.ts';
import { oneWorkspace, withStore } from '../store.ts';
import { type Order, orderIn } from './exportOrder.ts';

export const exportEvidence: Command = {
  usage:
    'audit export EX-12 | [--from 2026-01-01 --to 2026-03-31] [--min-value 10000] [--sample 25 --seed 7] [--csv | --jsonl] [--out FILE] [--team T0123456789]',
  summary:
    'Writes an evidence pack for auditors: one request, those asked for in a period, or a sample of them or of all; --csv and --jsonl: their table alone.',
  async run(args, io) {
    const order = orderIn(args);
    const { file } = order;
    if (existsSync(file)) throw new CommandError(`${file} is there already: name another file with --out.`);
    const config = readStoreConfig(io.env);
    const key = readSealKey(config.seal?.keyFile);
    return withStore(config, async (store) => {
      const { teamId } = await oneWorkspace(store.db, order.team);
      const what = await order.what(store, teamId);
      await recordExport(store, teamId, order, what);
      await sealAll(store, teamId, key, io);
      const packed = await writing(file, { db: store.db, teamId, what, key }, order.format, io);
      for (const line of told(file, packed)) io.out(line);
      const later = (await treeSize(store.db, teamId)) - packed.checkpoint.size;
      if (later > 0) io.out(notSigned(later));
      return packed.population?.gaps.length ? 1 : 0;
    });
  },
};

const nowIn = async ({ db }: Store, teamId: string): Promise<string> => {
  const offset = await clockOffset(db, teamId);
  return createClock(() => offset).now();
};

/** Before anything is written: whoever takes the record along is on it. */
async function recordExport(store: Store, teamId: string, { format }: Order, what: PackOptions['what']): Promise<void> {
  const { from, to } = 'number' in what ? { from: null, to: null } : what.period;
  const about = { requests: 'number' in what ? [what.number] : [], from, to };
  const kind = format === 'zip' ? 'pack' : 'export';
  await recordLook(store.db, teamId, { ...about, by: OPERATOR, what: kind, at: await nowIn(store, teamId) });
}

/** So that all there is now is under a checkpoint. */
async function sealAll(store: Store, teamId: string, key: PackOptions['key'], io: Io): Promise<void> {
  io.progress('Sealing what is not sealed yet …');
  try {
    await seal(store, teamId, { at: await nowIn(store, teamId), key, checkpoint: true, patient: true });
  } catch (error) {
    if (error instanceof TreeError)
      throw new CommandError(`The sealed record is damaged (${error.message}): audit verify says what is wrong.`);
    throw error;
  }
}

/** Under another name until it is whole: what is cut short is not taken for evidence. */
async function writing(file: string, options: PackOptions, format: Order['format'], io: Io): Promise<Packed> {
  const part = `${file}.part`;
  const onProgress = (done: number, of: number) => io.progress(`${done} of ${count(of, 'request')} written …`);
  const out = createWriteStream(part);
  try {
    const given = { ...options, onProgress };
    const packed = await (format === 'zip' ? writePack(out, given) : writeTable(out, format, given));
    await rename(part, file);
    return packed;
  } catch (error) {
    await rm(part, { force: true });
    if (error instanceof PackError) throw new CommandError(error.message);
    if (error instanceof Error && 'path' in error)
      throw new CommandError(`${file} cannot be written (${reasonOf(error)}): name another one with --out.`);
    throw error;
  } finally {
    io.progress('');
  }
}

function told(file: string, { numbers, population, checkpoint }: Packed): string[] {
  const { size, at, root } = checkpoint;
  const sealed = `As sealed ${at} with ${count(size, 'event')}, root ${root.toString('base64')}.`;
  if (!population) return [`${file}: EX-${numbers[0]}. ${sealed}`];
  const { within, fitting, draw, gaps, last } = population;
  const drawn = draw ? ` ${count(numbers.length, 'request')} drawn with seed ${draw.seed}.` : '';
  return [
    `${file}: of EX-1 to EX-${last}, ${within.length} were asked for in the period, ${fitting.length} fit.${drawn} ${sealed}`,
    ...gaps.map(({ number, why }) => `EX-${number} is not in the record: ${GAP[why]}.`),
  ];
}

const GAP = {
  removed: 'it was sealed, and removed afterwards',
  never_given: 'nothing of it was ever sealed',
};

const notSigned = (later: number): string =>
  `${count(later, 'event')} written since then ${later === 1 ? 'is' : 'are'} not in it: the bot signs checkpoints with a key, and this command has another one or none. Set CARVEOUT_SEAL_KEY to the bot's, or wait some minutes.`;

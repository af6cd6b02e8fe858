/** Shows that a request's events are among those that a checkpoint stands for, without showing any other, as JSON. */
import { parseArgs } from 'node:util';
import { readStoreConfig } from '../../config.ts';
import { originOf } from '../../proof/checkpoint.ts';
import { rootOf } from '../../proof/merkle.ts';
import { checkpointOf, latestCheckpoint } from '../../store/checkpoints.ts';
import { consistencyOf, provedLeavesOf, subtreesOf, treeSize } from '../../store/proofs.ts';
import type { Db } from '../../store/schema.ts';
import { type Command, CommandError, requestNumber, UsageError } from '../command.ts';
import { oneWorkspace, withStore } from '../store.ts';

export const proof: Command = {
  usage: 'audit proof [EX-12] [--size N] [--from N --to N] [--team T0123456789]',
  summary:
    "Prints what proves a request's events against a checkpoint, the latest unless told; --from and --to: what proves that a later one begins with an earlier one.",
  async run(args, io) {
    const text = { type: 'string' } as const;
    const options = { size: text, from: text, to: text, team: text };
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    const [wanted, ...rest] = positionals;
    if (rest.length > 0) throw new UsageError(`One request at a time, without ${rest.join(' ')}.`);
    const number = wanted === undefined ? null : requestNumber(wanted);
    const [size, from, to] = [sizeIn('size', values.size), sizeIn('from', values.from), sizeIn('to', values.to)];
    if ((from === null) !== (to === null)) throw new UsageError('--from and --to go together.');
    if (number === null && from === null) throw new UsageError('Say which request, or --from and --to.');
    return withStore(readStoreConfig(io.env), async ({ db }) => {
      const { teamId } = await oneWorkspace(db, values.team);
      const at = number === null ? {} : await inclusion(db, teamId, number, size);
      const grown = from === null || to === null ? {} : { consistency: await consistency(db, teamId, from, to) };
      io.out(JSON.stringify({ origin: originOf(teamId), ...at, ...grown }, null, 2));
      return 0;
    });
  },
};

function sizeIn(name: string, text: string | undefined): number | null {
  if (text === undefined) return null;
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new UsageError(`--${name} ${text} is no number of events.`);
  return Number(text);
}

/** @param size null for that of the latest checkpoint */
async function inclusion(db: Db, teamId: string, number: number, size: number | null) {
  const checkpoint = await (size === null ? latestCheckpoint(db, teamId) : checkpointOf(db, teamId, size));
  const meant = size ?? checkpoint?.size;
  if (meant === undefined) throw new CommandError('There is no checkpoint yet: the bot writes one within minutes.');
  await refuseBeyond(db, teamId, meant);
  const tree = subtreesOf(db, teamId);
  const stream = `request/${number}`;
  const proved = await provedLeavesOf(db, teamId, stream, meant, tree);
  const hashes = await hashesOf(db, teamId, stream);
  if (hashes.size === 0) throw new CommandError(`There is no EX-${number}.`);
  return {
    request: `EX-${number}`,
    size: meant,
    root: (await rootOf(meant, tree)).toString('base64'),
    note: checkpoint?.note ?? null,
    events: proved.map(({ seq, position, hash, proof }) => ({
      ...{ stream, seq, hash: hashes.get(seq) ?? null, position },
      ...{ leaf: hash.toString('base64'), proof: proof.map((one) => one.toString('base64')) },
    })),
    notInIt: [...hashes.keys()].filter((seq) => !proved.some((one) => one.seq === seq)),
  };
}

async function hashesOf(db: Db, teamId: string, stream: string): Promise<ReadonlyMap<number, string>> {
  const rows = await db
    .selectFrom('events')
    .select(['seq', 'hash'])
    .where('team_id', '=', teamId)
    .where('stream', '=', stream)
    .orderBy('seq')
    .execute();
  return new Map(rows.map(({ seq, hash }) => [seq, hash]));
}

async function consistency(db: Db, teamId: string, from: number, to: number) {
  if (from > to) throw new UsageError(`--from ${from} is more than --to ${to}.`);
  await refuseBeyond(db, teamId, to);
  return { from, to, proof: (await consistencyOf(db, teamId, from, to)).map((one) => one.toString('base64')) };
}

async function refuseBeyond(db: Db, teamId: string, size: number): Promise<void> {
  const sealed = await treeSize(db, teamId);
  if (size > sealed) throw new CommandError(`Only ${sealed} events are sealed, which is fewer than ${size}.`);
}

import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { readStoreConfig } from '../../config.ts';
import { parseNotes, parseVerifierKey, type VerifierKey } from '../../proof/checkpoint.ts';
import type { Copy, Verdict } from '../../store/audit/verify.ts';
import { type Command, CommandError, count, reasonOf, UsageError } from '../command.ts';
import { selectWorkspaces, type Workspace, withStore } from '../store.ts';
import { faultSentence } from './faults.ts';
import { type Resumed, verifyResumed } from './resume.ts';

export const verify: Command = {
  usage: 'audit verify [--team T0123456789] [--roots FILE]… [--key KEY]… [--log-only] [--resume FILE]',
  summary:
    'Computes every hash of the record again, compares it with checkpoints kept outside, and says what is wrong and since when.',
  async run(args, io) {
    const { values } = parseArgs({
      args,
      options: {
        team: { type: 'string' },
        roots: { type: 'string', multiple: true },
        key: { type: 'string', multiple: true },
        'log-only': { type: 'boolean', default: false },
        resume: { type: 'string' },
      },
    });
    const outside = { copies: await copiesIn(values.roots ?? []), keys: (values.key ?? []).map(keyOf) };
    return withStore(readStoreConfig(io.env), async ({ db, url }) => {
      const workspaces = await selectWorkspaces(db, values.team);
      if (workspaces.length === 0) io.out('The record is empty: there is nothing to check.');
      if (values.resume && workspaces.length > 1)
        throw new UsageError('Say which workspace with --team, to resume it.');
      let broken = 0;
      for (const { teamId, name } of workspaces) {
        const onProgress = ({ events, size }: { events: number; size: number }) =>
          io.progress(`${name}: ${events.toLocaleString('en')} of about ${count(Math.max(size, events), 'event')} …`);
        const how = { outside, logOnly: values['log-only'], file: values.resume };
        const verdict = await verifyResumed({ db, url, teamId, ...how, onProgress });
        io.progress('');
        for (const line of report({ teamId, name }, verdict)) io.out(line);
        if (how.logOnly) io.out('Lists and figures were not compared with the log: that is done without --log-only.');
        if (verdict.faulty > 0) broken++;
      }
      return broken > 0 ? 1 : 0;
    });
  },
};

/** @throws CommandError where one cannot be read, or has no checkpoint in it */
async function copiesIn(files: readonly string[]): Promise<Copy[]> {
  return Promise.all(
    files.map(async (name) => {
      const text = await readFile(name, 'utf8').catch((error: unknown) => {
        throw new CommandError(`${name} cannot be read (${reasonOf(error)}).`);
      });
      if (parseNotes(text).length === 0)
        throw new CommandError(`There is no checkpoint in ${name}: it has four lines each, the first "carveout/T…".`);
      return { name, text };
    }),
  );
}

function keyOf(text: string): VerifierKey {
  const key = parseVerifierKey(text);
  if (!key) throw new UsageError(`--key: ${text} is no key; it looks like carveout/T0123456789+1a2b3c4d+AZ….`);
  return key;
}

function report({ name, teamId }: Workspace, verdict: Verdict & Resumed): string[] {
  const { events, streams, faults, faulty } = verdict;
  const checked = `${count(events, 'event')} in ${count(streams, 'stream')} checked`;
  if (faulty === 0) return [`${name} (${teamId}): ${checked}, nothing changed or missing.`, ...sealedLines(verdict)];
  const lines = faults.map((fault, at) => faultSentence(fault, verdict.since[at] ?? null));
  const unsaid = faulty - faults.length;
  return [
    `${name} (${teamId}): BROKEN, ${count(faulty, 'fault')}; ${checked}.`,
    ...lines.map((line, at) => `${at === 0 ? 'First' : 'Also'}: ${line}`),
    ...(unsaid > 0 ? [`And ${unsaid.toLocaleString('en')} more.`] : []),
    ...(verdict.holds ? [`The seal's places give the roots up to the checkpoint of ${at(verdict.holds)}.`] : []),
  ];
}

const at = ({ size, at }: { size: number; at: string }): string => `${count(size, 'event')} at ${at}`;

function sealedLines({ size, pending, holds, compared, copies }: Verdict & Resumed): string[] {
  if (size === 0) return ['Nothing of it is sealed yet: the bot does that within minutes while it runs.'];
  return [
    `${count(size, 'event')} sealed${pending > 0 ? `, ${pending.toLocaleString('en')} not yet` : ''}; ${
      holds ? `every checkpoint holds, the last one of ${at(holds)}` : 'there is no checkpoint yet'
    }.`,
    compared > 0
      ? `${count(compared, 'checkpoint')} kept outside compared (${copies.join(', ')}): the record has grown from each of them.`
      : 'No checkpoint kept outside was compared: that nobody rewrote all of it can only be told with --roots FILE.',
  ];
}

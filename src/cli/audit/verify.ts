import { parseArgs } from 'node:util';
import { readStoreConfig } from '../../config.ts';
import { type Fault, type Verdict, verifyChains } from '../../store/audit/verify.ts';
import type { Db } from '../../store/schema.ts';
import { type Command, count, type Io } from '../command.ts';
import { selectWorkspaces, type Workspace, withStore } from '../store.ts';

export const verify: Command = {
  usage: 'audit verify [--team T0123456789]',
  summary: 'Computes every hash of the record again and names the first event that is wrong.',
  async run(args, io) {
    const { values } = parseArgs({ args, options: { team: { type: 'string' } } });
    return withStore(readStoreConfig(io.env), async ({ db }) => {
      const workspaces = await selectWorkspaces(db, values.team);
      if (workspaces.length === 0) io.out('The record is empty: there is nothing to check.');
      let broken = 0;
      for (const workspace of workspaces) broken += (await verifyOne(db, workspace, io)) ? 0 : 1;
      return broken > 0 ? 1 : 0;
    });
  },
};

async function verifyOne(db: Db, { teamId, name }: Workspace, io: Io): Promise<boolean> {
  const onProgress = ({ events }: { events: number }) => io.progress(`${name}: ${count(events, 'event')} checked …`);
  const verdict = await verifyChains(db, teamId, { onProgress });
  io.progress('');
  for (const line of report(name, teamId, verdict)) io.out(line);
  return verdict.faulty === 0;
}

function report(name: string, teamId: string, { events, streams, faults, faulty }: Verdict): string[] {
  const checked = `${count(events, 'event')} in ${count(streams, 'stream')} checked`;
  const [first, ...others] = faults;
  if (!first) return [`${name} (${teamId}): ${checked}, nothing changed or missing.`];
  const unsaid = faulty - faults.length;
  return [
    `${name} (${teamId}): BROKEN, ${count(faulty, 'stream')} of ${count(streams, 'stream')}; ${checked}.`,
    `First: ${sentence(first)}`,
    ...others.map((fault) => `Also: ${sentence(fault)}`),
    ...(unsaid > 0 ? [`And ${unsaid.toLocaleString('en')} more.`] : []),
  ];
}

/** `request/12, event 3: …` */
function sentence(fault: Fault): string {
  const where = fault.seq === null ? fault.stream : `${fault.stream}, event ${fault.seq}`;
  return `${where}: ${wrong(fault)}.`;
}

function wrong(fault: Fault): string {
  switch (fault.what) {
    case 'changed':
      return 'it was changed after it was written: its content does not give its hash';
    case 'missing':
      return 'it is missing, though later events are there';
    case 'unlinked':
      return 'it does not follow the event before it: one of the two was replaced';
    case 'words_changed':
      return `what somebody typed was changed (${fault.content})`;
    case 'words_missing':
      return `what somebody typed is gone (${fault.content})`;
    case 'unreadable':
      return `it cannot have been written by Carveout: ${fault.why}`;
    case 'cut_off':
      return 'it is missing: the chain was cut off before it';
    case 'inserted':
      return 'it was put in behind the last event that the request knows of';
    case 'rewritten':
      return 'the chain fits together but was rewritten: the request knows another last event';
    case 'row_changed':
      return `what is shown was changed, the events say otherwise (${fault.columns.join(', ')})`;
    case 'row_missing':
      return 'what these events are about was removed';
    case 'events_missing':
      return 'every event of it was removed';
    default:
      return fault satisfies never;
  }
}

/** What is wrong with the record, since when, and what to do about it, in sentences. */
import type { Fault, Since } from '../../store/audit/verify.ts';

/** `request/12, event 3: … Since … Next: …` */
export function faultSentence(fault: Fault, since: Since | null): string {
  const where =
    fault.stream === 'tree' ? 'The seal' : `${fault.stream}${fault.seq === null ? '' : `, event ${fault.seq}`}`;
  return [`${where}: ${wrong(fault)}.`, ...sinceWhen(since), `Next: ${next(fault)}.`].join(' ');
}

function sinceWhen(since: Since | null): string[] {
  if (!since) return [];
  const { position, sealedBy } = since;
  const place = `It has place ${position.toLocaleString('en')} in the seal`;
  if (!sealedBy) return [`${place}, and no checkpoint stands for it yet.`];
  return [
    `${place}, first in the checkpoint of ${sealedBy.size.toLocaleString('en')} events at ${sealedBy.at}: it was as it should be then, and not any more.`,
  ];
}

type At = { size: number; at: string };
const of = ({ size, at }: At): string => `the checkpoint of ${size.toLocaleString('en')} events at ${at}`;
const outsideOf = (outside: string, signed: boolean): string =>
  `${outside}${signed ? ', which is signed with the right key' : ', which is not signed with a known key'}`;

function wrong(fault: Fault): string {
  switch (fault.what) {
    case 'changed':
      return 'it was changed after it was written: its content does not give its hash';
    case 'missing':
      return 'it is missing, though later events are there';
    case 'doubled':
      return 'there is another event in its place: one was inserted';
    case 'unlinked':
      return 'it does not follow the event before it: one of the two was replaced';
    case 'words_changed':
      return `what somebody typed was changed (${fault.content})`;
    case 'words_missing':
      return `what somebody typed is gone, and nothing on the record says that it was erased (${fault.content})`;
    case 'bytes_changed':
      return `a file of its evidence was changed (SHA-256 ${fault.file})`;
    case 'bytes_missing':
      return `a file of its evidence is gone, and nothing on the record says that it was erased (SHA-256 ${fault.file})`;
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
    case 'replaced':
      return 'it was replaced after it was sealed: it fits into its chain, and the seal has another hash for it';
    case 'unsealed':
      return 'it has no place in the seal, though the sealer has gone past it: it was inserted later, or its place was removed';
    case 'removed':
      return `it was sealed and is gone${fault.events > 1 ? `, as are ${fault.events - 1} more events of ${fault.stream}` : ''}: the end was cut off, or all of it removed`;
    default:
      return wrongWithTree(fault);
  }
}

type StreamWhat = 'changed' | 'missing' | 'doubled' | 'unlinked' | 'words_changed' | 'words_missing' | 'bytes_changed';
type RowWhat = 'row_changed' | 'row_missing' | 'events_missing' | 'replaced' | 'unsealed' | 'removed';
type OtherWhat = 'bytes_missing' | 'unreadable' | 'cut_off' | 'inserted' | 'rewritten';
type TreeFault = Exclude<Fault, { what: StreamWhat | RowWhat | OtherWhat }>;

function wrongWithTree(fault: TreeFault): string {
  switch (fault.what) {
    case 'leaf_missing':
      return `place ${fault.position.toLocaleString('en')} is missing, though later ones are there`;
    case 'tree_cut_off':
      return `it ends after ${fault.size.toLocaleString('en')} events, and had ${fault.counted.toLocaleString('en')}: the end was cut off`;
    case 'node_changed':
      return `what is kept for proofs was changed or removed (level ${fault.level}, place ${fault.position})`;
    case 'root_changed':
      return `its places do not give the root of ${of(fault.checkpoint)}: a place was changed, moved or exchanged, or the checkpoint was forged. ${fault.holds ? `The last one that holds is ${of(fault.holds)}` : 'None before it holds'}`;
    case 'note_changed':
      return `the text of ${of(fault.checkpoint)} is not what its row says: one of them was changed`;
    case 'forked':
      return fault.outside === null
        ? `there are two roots for one size: ${of(fault.checkpoint)} is there twice`
        : `there are two roots for one size: the record gives another one than ${of(fault.checkpoint)} in ${outsideOf(fault.outside, fault.signed)}. Everything up to there may have been rewritten`;
    case 'unsigned':
      return `${of(fault.checkpoint)} is not signed, and the record says that it was`;
    case 'wrong_signature':
      return `${of(fault.checkpoint)}${fault.outside ? ` in ${fault.outside}` : ''} is not signed with the key that it must be signed with`;
    case 'other_key':
      return fault.key
        ? `the record says that checkpoints are signed with ${fault.key}, which is none of the keys given`
        : 'the record knows of no key that signs checkpoints, and one was given';
    case 'checkpoint_missing':
      return `the checkpoint of ${fault.checkpoint.size.toLocaleString('en')} events was published (${fault.place}) and is not there any more`;
    case 'log_cut_off':
      return `${of(fault.checkpoint)} in ${outsideOf(fault.outside, fault.signed)}, knows more events than the ${fault.size.toLocaleString('en')} that are sealed: the end was cut off`;
    default:
      return fault satisfies never;
  }
}

/** What to do then. docs/audit.md says it at length. */
function next(fault: Fault): string {
  switch (fault.what) {
    case 'row_changed':
    case 'row_missing':
      return 'the events are right and the row is not: keep a copy of the database as it is, find out who wrote to it, and restore the row from a backup';
    case 'node_changed':
      return 'events and checkpoints are not touched by it, but proofs are: restore the table nodes from a backup';
    case 'unreadable':
      return 'see whether a newer version of Carveout wrote it; if not, keep a copy of the database and compare with a backup';
    case 'other_key':
    case 'wrong_signature':
      return 'ask whoever keeps the key whether it was changed; if not, the checkpoint was made by somebody else';
    default:
      return 'keep a copy of the database as it is, and compare with a backup and with checkpoints kept outside (--roots)';
  }
}

/** What was asked for beside the form's own fields: the policy's further inputs, and files. */
import type { KnownBlock } from '@slack/types';
import type { EvidenceFile } from '../../../core/events/content.ts';
import type { Words } from '../../../core/values.ts';
import { line, said } from '../../mrkdwn.ts';
import { context, labelled, says } from '../blocks.ts';
import { type Drawn, wordsOf } from '../drawn.ts';

/** One entry an input. */
export function furtherInputs(drawn: Drawn): KnownBlock[][] {
  const { state, rules } = drawn;
  const { label, names } = wordsOf(drawn);
  const shown = (title: string, words: Words | null): KnownBlock[][] =>
    words ? [[labelled(title, said(words, names.removed))]] : [];
  return [
    ...shown(label.otherRule, state.otherRule),
    ...Object.entries(state.inputs).flatMap(([id, words]) =>
      shown(rules.inputs.find((input) => input.id === id)?.name ?? id, words),
    ),
  ];
}

/** One entry a file: what it is, and the hash its bytes are kept under. */
export const files = (drawn: Drawn): KnownBlock[][] => drawn.state.files.map((file) => fileEntry(drawn, file));

export function fileEntry(drawn: Drawn, { id, name, size, type }: EvidenceFile): KnownBlock[] {
  const { record } = wordsOf(drawn);
  const kept = drawn.state.keptFiles.find((file) => file.id === id);
  const gone = kept && drawn.state.erasures.some(({ files }) => files.includes(kept.sha256));
  return [
    says(line`${record.file(name, kept?.mediaType ?? type, record.size(kept?.size ?? size))}`),
    context(kept ? record[gone ? 'keptOnce' : 'kept'](kept.sha256) : record.notKept),
  ];
}

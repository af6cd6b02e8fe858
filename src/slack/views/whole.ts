/** The whole of a request, for modals: its texts in full, its questions and answers, the policy's own words. */
import type { KnownBlock } from '@slack/types';
import { ruleOf } from '../../core/policy.ts';
import type { Words } from '../../core/values.ts';
import { date, line, said } from '../mrkdwn.ts';
import { context, header, labelled, says, saysAndQuotes } from './blocks.ts';
import { type Drawn, nameOf, wordsOf } from './drawn.ts';

/**
 * What of a modal is kept for questions and answers, or for a history. Slack takes 250 KB and 100 blocks a view; the
 * five longest texts of a request take at most 90 KB of it, if every character of theirs needs escaping.
 */
const ROOM = { bytes: 100_000, blocks: 30 } as const;

export const texts = (drawn: Drawn): KnownBlock[] => {
  const { label, names } = wordsOf(drawn);
  const { rationale, impact, evidence } = drawn.state;
  const shown = (title: string, words: Words) => labelled(title, said(words, names.removed));
  return [
    shown(label.rationale, rationale),
    shown(label.impact, impact),
    ...(evidence ? [shown(label.evidence, evidence)] : []),
  ];
};

/** What the rule says, where the version it was made under still has it. */
export const policyText = (drawn: Drawn): KnownBlock[] => {
  const rule = ruleOf(drawn.rules, drawn.state.rule);
  return rule ? [context(wordsOf(drawn).request.policySays(rule.text))] : [];
};

/** The newest entries that fit, in their order; the earlier ones are counted. */
export function newest(drawn: Drawn, entries: KnownBlock[][]): KnownBlock[] {
  const kept: KnownBlock[][] = [];
  let bytes = 0;
  let blocks = 0;
  for (const entry of entries.toReversed()) {
    bytes += Buffer.byteLength(JSON.stringify(entry));
    blocks += entry.length;
    if (bytes > ROOM.bytes || blocks > ROOM.blocks) break;
    kept.unshift(entry);
  }
  const left = entries.length - kept.length;
  return [...(left > 0 ? [context(wordsOf(drawn).request.earlier(left))] : []), ...kept.flat()];
}

export function questions(drawn: Drawn): KnownBlock[] {
  const { request, names } = wordsOf(drawn);
  const { questions: all } = drawn.state;
  if (all.length === 0) return [];
  const entries = all.map(({ by, at, words, answer }) => [
    saysAndQuotes(request.asked(nameOf(drawn, by), date(at)), said(words, names.removed)),
    answer
      ? saysAndQuotes(request.answered(nameOf(drawn, answer.by), date(answer.at)), said(answer.words, names.removed))
      : says(line`${request.noAnswer}`),
  ]);
  return [header(request.questions), ...newest(drawn, entries)];
}

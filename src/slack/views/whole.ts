/** The whole of a request, for modals: its texts in full, and the policy's own words. */
import type { KnownBlock } from '@slack/types';
import { ruleOf } from '../../core/policy.ts';
import type { Words } from '../../core/values.ts';
import { said } from '../mrkdwn.ts';
import { context, labelled } from './blocks.ts';
import { type Drawn, wordsOf } from './drawn.ts';

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

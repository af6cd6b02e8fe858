/** The modal in which a stage is decided: it names the act and shows everything that the decision is given to. */
import type { KnownBlock, ModalView } from '@slack/types';
import type { Seen } from '../../core/command.ts';
import { approvalOf } from '../../core/request.ts';
import { ACTION, encode, FIELD, VIEW } from '../ids.ts';
import { LIMIT, truncate } from '../limits.ts';
import { date, said } from '../mrkdwn.ts';
import { actions, button, context, divider, facts, header, input, modal, saysAndQuotes, section } from './blocks.ts';
import { asks, idOf, notes } from './card.ts';
import { customerOf, type Drawn, nameOf, plainName, refOf, ruleName, wordsOf } from './drawn.ts';
import { cardFacts, otherFacts } from './facts.ts';
import { policyText, questions, texts } from './whole.ts';

export type DecisionModel = {
  drawn: Drawn;
  act: 'approve' | 'reject';
  /** Round, stage and content that the reader gets to see here; comes back with the submission. */
  seen: Seen;
  /** Whether confirming the details bars the reader from an authorization they could otherwise give. */
  couldAlsoAuthorize: boolean;
  /** Set where the request changed under the reader: what changed, in a few words each; empty where that is not known. */
  stale: readonly string[] | null;
  /** What was typed so far. */
  rationale: string;
};

export function decisionModal(model: DecisionModel): ModalView {
  const { drawn, act, seen } = model;
  const { decision } = wordsOf(drawn);
  const approve = act === 'approve';
  return modal({
    callback: VIEW.decide,
    title: approve ? decision.title[seen.stage] : decision.rejectTitle,
    submit: approve ? decision.submit[seen.stage] : decision.rejectSubmit,
    close: decision.close,
    metadata: encode({ v: 1, n: drawn.state.number, act, seen }),
    blocks: [
      ...(model.stale ? [section(decision.changedWhat(model.stale))] : []),
      section(meaning(model)),
      ...(approve && seen.stage === 'validation' && model.couldAlsoAuthorize
        ? [section(decision.cannotAlsoAuthorize)]
        : []),
      asks(drawn),
      ...facts(cardFacts(drawn)),
      ...notes(drawn),
      ...validation(drawn),
      rationale(model),
      context(decision.noInterest[act]),
      conflict(drawn),
      divider(),
      header(decision.everything),
      ...facts(otherFacts(drawn)),
      ...policyText(drawn),
      ...texts(drawn),
      ...questions(drawn),
    ],
  });
}

/** What pressing the button does, in one sentence. */
function meaning({ drawn, act, seen }: DecisionModel): string {
  const { state } = drawn;
  const { decision, format } = wordsOf(drawn);
  if (act === 'reject') return decision.rejects(state.number, plainName(drawn, state.requester));
  if (seen.stage === 'validation') return decision.confirms(state.number, state.tier);
  return decision.allows({
    number: state.number,
    customer: customerOf(drawn),
    rule: ruleName(drawn),
    deviation: state.deviation,
    asksFor: state.asksFor,
    worth: format.money(state.value, state.currency),
  });
}

/** What the validator wrote: the authorizer's first source. */
function validation(drawn: Drawn): KnownBlock[] {
  const approval = approvalOf(drawn.state, 'validation');
  if (!approval) return [];
  const { decision, names } = wordsOf(drawn);
  const sentence = decision.validatorSaid(nameOf(drawn, approval.by), date(approval.at));
  return [saysAndQuotes(sentence, said(approval.rationale, names.removed))];
}

function rationale({ drawn, rationale: typed }: DecisionModel): KnownBlock {
  const { label, decision } = wordsOf(drawn);
  return input({
    block_id: FIELD.rationale,
    label: label.rationale,
    hint: decision.hint,
    optional: false,
    element: {
      type: 'plain_text_input',
      action_id: FIELD.rationale,
      multiline: true,
      max_length: LIMIT.inputLength,
      ...(typed ? { initial_value: truncate(typed, LIMIT.inputLength) } : {}),
    },
  });
}

const conflict = (drawn: Drawn): KnownBlock =>
  actions(idOf(drawn, 'conflict'), [button(ACTION.conflict, wordsOf(drawn).button.conflict, encode(refOf(drawn)))]);

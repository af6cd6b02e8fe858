/** The modal in which a stage is decided: it names the act and shows everything that the decision is given to. */
import type { KnownBlock, ModalView } from '@slack/types';
import type { Seen } from '../../core/command.ts';
import { approvalOf } from '../../core/request.ts';
import type { Instant } from '../../core/values.ts';
import { encode } from '../carried.ts';
import { ACTION, VIEW } from '../ids.ts';
import { date } from '../mrkdwn.ts';
import { actions, button, context, divider, facts, header, modal, section } from './blocks.ts';
import { asks, idOf } from './card.ts';
import { type Answers, answerFields } from './deciding.ts';
import { customerOf, type Drawn, decidedBy, plainName, refOf, ruleName, unveiled, wordsOf } from './drawn.ts';
import { cardFacts, otherFacts } from './facts.ts';
import { notes } from './notes.ts';
import { ticked } from './record/decisions.ts';
import { files, furtherInputs } from './record/inputs.ts';
import { newestIn } from './record/kept.ts';
import { saidLast } from './record/sources.ts';
import { questionEntries } from './record/talk.ts';
import { wroteInFull } from './record/texts.ts';
import { timeToDecide } from './timeLeft.ts';
import { weighing } from './weighing.ts';
import { policyText, texts } from './whole.ts';

export type DecisionModel = {
  drawn: Drawn;
  /** When it is opened. */
  now: Instant;
  act: 'approve' | 'reject';
  /** Round, stage and content that the reader gets to see here; comes back with the submission. */
  seen: Seen;
  /** Whether confirming the details bars the reader from an authorization they could otherwise give. */
  couldAlsoAuthorize: boolean;
  /** What the absent person is called for whom the reader decides; left out or null where they do so in their own right. */
  inPlaceOf?: string | null | undefined;
  /** Set where the request changed under the reader: what changed, in a few words each; empty where that is not known. */
  stale: readonly string[] | null;
  /** What was filled in so far. */
  answers: Answers;
  /** The last day that the policy lets it be good for, from today; null for no limit. */
  latest: string | null;
  /** Whether it was opened from the queue, and so leads on to the next. */
  queued: boolean;
  /** When its reader first had it before them, on the machine's clock; epoch milliseconds. */
  opened?: number;
};

/**
 * What is kept for each part that may grow. Slack takes 250 KB and 100 blocks a view; the longest texts of a request, of
 * its approval and of what is filled in take at most 130 KB of it, if every character of theirs needs escaping.
 */
const ROOM = {
  inputs: { bytes: 30_000, blocks: 12 },
  sources: { bytes: 15_000, blocks: 10 },
  questions: { bytes: 40_000, blocks: 10 },
} as const;

export function decisionModal(given: DecisionModel): ModalView {
  const model = { ...given, drawn: unveiled(given.drawn) };
  const { drawn, act, seen, queued } = model;
  const { decision } = wordsOf(drawn);
  const approve = act === 'approve';
  return modal({
    callback: VIEW.decide,
    title: approve ? decision.title[seen.stage] : decision.rejectTitle,
    submit: approve ? decision.submit[seen.stage] : decision.rejectSubmit,
    close: decision.close,
    metadata: encode({ v: 1, n: drawn.state.number, act, seen, ...(queued ? { q: true } : {}), o: model.opened }),
    blocks: [
      ...(model.stale ? [section(decision.changedWhat(model.stale))] : []),
      section(meaning(model)),
      ...(model.inPlaceOf ? [section(decision.inPlaceOf(model.inPlaceOf))] : []),
      ...timeToDecide(drawn, model.now),
      ...(approve && seen.stage === 'validation' && model.couldAlsoAuthorize
        ? [section(decision.cannotAlsoAuthorize)]
        : []),
      asks(drawn),
      ...facts(cardFacts(drawn)),
      ...notes(drawn),
      ...validation(drawn),
      ...weighing(drawn),
      ...answerFields({ drawn, act, stage: seen.stage, answers: model.answers, latest: model.latest }),
      context(decision.noInterest[act]),
      ways(model),
      divider(),
      ...everything(drawn),
    ],
  });
}

function everything(drawn: Drawn): KnownBlock[] {
  const { decision, request } = wordsOf(drawn);
  const asked = newestIn(drawn, questionEntries(drawn), ROOM.questions);
  return [
    header(decision.everything),
    ...facts(otherFacts(drawn)),
    ...policyText(drawn),
    ...texts(drawn),
    ...newestIn(drawn, [...furtherInputs(drawn), ...files(drawn)], ROOM.inputs),
    ...newestIn(drawn, saidLast(drawn), ROOM.sources),
    ...(asked.length > 0 ? [header(request.questions), ...asked] : []),
  ];
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

/** What the validator wrote and ticked: the authorizer's first source. */
function validation(drawn: Drawn): KnownBlock[] {
  const approval = approvalOf(drawn.state, 'validation');
  if (!approval) return [];
  const sentence = wordsOf(drawn).decision.validatorSaid(decidedBy(drawn, approval), date(approval.at));
  return [...wroteInFull(drawn, sentence, approval.rationale), ...ticked(drawn, approval)];
}

/** What else can be done from here. */
function ways({ drawn, act, queued }: DecisionModel): KnownBlock {
  const { button: name, decision } = wordsOf(drawn);
  const ref = encode(refOf(drawn));
  const other = act === 'approve' ? 'reject' : 'approve';
  return actions(idOf(drawn, `ways-${act}`), [
    ...(queued ? [button(ACTION.switchAct, decision.switchTo[other], JSON.stringify(other))] : []),
    button(ACTION.details, name.details, ref),
    button(ACTION.conflict, name.conflict, ref),
    ...(queued ? [button(ACTION.next, decision.skip, encode({ v: 1, n: drawn.state.number }))] : []),
  ]);
}

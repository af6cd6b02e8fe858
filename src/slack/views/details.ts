/** The state as it is now, with what the reader can do about it and what happened so far. */
import type { Button, KnownBlock, ModalView } from '@slack/types';
import type { ExceptionRequest } from '../../core/request.ts';
import type { Instant } from '../../core/values.ts';
import { ACTION, encode, VIEW } from '../ids.ts';
import { date, type Line, line, said } from '../mrkdwn.ts';
import { actions, button, divider, facts, header, modal, says, saysAndQuotes } from './blocks.ts';
import { idOf } from './card.ts';
import { afterwards } from './closing.ts';
import { type Drawn, nameOf, refOf, role, stateLine, subjectOf, unveiled, wordsOf } from './drawn.ts';
import { cardFacts, otherFacts } from './facts.ts';
import { cardLink } from './parts.ts';
import { reviewsInDetails, type ToldReview } from './policyReview.ts';
import { progress } from './progress.ts';
import { newest, policyText, questions, texts } from './whole.ts';

/** What the reader can do now; a button that would be refused is not offered. */
type Can = {
  approve: boolean;
  reject: boolean;
  requestInfo: boolean;
  withdraw: boolean;
  /** The question that waits for the reader's answer. */
  answer: number | null;
};

/** @param reviews of the policy that link the request */
export function detailsModal(given: Drawn, can: Can, reviews: ToldReview[] = []): ModalView {
  const drawn = unveiled(given);
  const { details, ex } = wordsOf(drawn);
  return modal({
    callback: VIEW.details,
    title: details.title(drawn.state.number),
    close: details.close,
    metadata: encode(refOf(drawn)),
    blocks: [
      says(line`${ex(drawn.state.number)} ${subjectOf(drawn)}: ${stateLine(drawn)}.`),
      ...buttons(drawn, can),
      ...progress(drawn),
      ...facts([...cardFacts(drawn), ...otherFacts(drawn)]),
      ...policyText(drawn),
      ...texts(drawn),
      ...decisions(drawn),
      ...questions(drawn),
      ...afterwards(drawn),
      ...reviewsInDetails(reviews, drawn.locale),
      divider(),
      header(details.history),
      ...history(drawn),
      ...cardLink(drawn),
    ],
  });
}

function buttons(drawn: Drawn, can: Can): KnownBlock[] {
  const { button: name } = wordsOf(drawn);
  const value = encode(refOf(drawn));
  const question = can.answer === null ? null : encode({ v: 1, n: drawn.state.number, q: can.answer });
  const elements: Button[] = [
    ...(can.approve ? [button(ACTION.approve, name.approve, value, 'primary')] : []),
    ...(can.reject ? [button(ACTION.reject, name.reject, value, 'danger')] : []),
    ...(can.requestInfo ? [button(ACTION.requestInfo, name.requestInfo, value)] : []),
    ...(question ? [button(ACTION.answer, name.answer, question, 'primary')] : []),
    ...(can.withdraw ? [button(ACTION.withdraw, name.withdraw, value)] : []),
    ...(can.approve ? [button(ACTION.conflict, name.conflict, value)] : []),
  ];
  return elements.length > 0 ? [actions(idOf(drawn, 'can'), elements)] : [];
}

/** The reasons of everyone who decided, in full. */
function decisions(drawn: Drawn): KnownBlock[] {
  const { state } = drawn;
  const { dm, names } = wordsOf(drawn);
  const wrote = (decision: ExceptionRequest['approvals'][number], approved: boolean) =>
    saysAndQuotes(
      dm.wrote(nameOf(drawn, decision.by), decision.stage, approved, date(decision.at)),
      said(decision.rationale, names.removed),
    );
  return [
    ...state.approvals.filter(({ round }) => round === state.round).map((approval) => wrote(approval, true)),
    ...(state.status === 'rejected' ? [wrote(state.rejection, false)] : []),
    ...(state.status === 'withdrawn' && state.reason
      ? [saysAndQuotes(dm.withdrawnBy(nameOf(drawn, state.by), date(state.at)), said(state.reason, names.removed))]
      : []),
  ];
}

type Moment = { at: Instant; what: Line };

/** Who, what and when, in order; what has no instant of its own in the state comes last. */
function history(drawn: Drawn): KnownBlock[] {
  const { details } = wordsOf(drawn);
  const moments = [...asked(drawn), ...decided(drawn), ...escalated(drawn)].sort((a, b) =>
    a.at < b.at ? -1 : a.at > b.at ? 1 : 0,
  );
  const conflicts = drawn.state.conflicted.map((person) => says(details.conflicted(nameOf(drawn, person))));
  return [
    ...newest(
      drawn,
      moments.map(({ at, what }) => [says(line`${date(at)}: ${what}`)]),
    ),
    ...conflicts.slice(0, 10),
  ];
}

function asked(drawn: Drawn): Moment[] {
  const { state } = drawn;
  const { details } = wordsOf(drawn);
  return [
    { at: state.submittedAt, what: details.submitted(nameOf(drawn, state.requester)) },
    ...state.questions.flatMap(({ by, at, answer }): Moment[] => [
      { at, what: details.asked(nameOf(drawn, by)) },
      ...(answer ? [{ at: answer.at, what: details.answered(nameOf(drawn, answer.by)) }] : []),
    ]),
  ];
}

function decided(drawn: Drawn): Moment[] {
  const { state } = drawn;
  const { details } = wordsOf(drawn);
  return [
    ...state.approvals.map(({ by, at, stage }) => ({ at, what: details.approved[stage](nameOf(drawn, by)) })),
    ...(state.status === 'rejected'
      ? [{ at: state.at, what: details.rejected[state.stage](nameOf(drawn, state.by)) }]
      : []),
    ...(state.status === 'withdrawn' ? [{ at: state.at, what: details.withdrawn(nameOf(drawn, state.by)) }] : []),
  ];
}

function escalated(drawn: Drawn): Moment[] {
  const { details } = wordsOf(drawn);
  return drawn.state.escalations.flatMap(({ kind, at, role: told, acknowledged, nudged }): Moment[] => [
    { at, what: details.raised[kind](role(drawn, told)) },
    ...(acknowledged ? [{ at: acknowledged.at, what: details.acknowledged(nameOf(drawn, acknowledged.by)) }] : []),
    ...(nudged ? [{ at: nudged.at, what: details.nudged(nameOf(drawn, nudged.by)) }] : []),
  ]);
}

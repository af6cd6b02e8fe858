/** How far a request has come: its stages, who looks at it, and after the approval what is still owed. */
import type { ContextBlock, KnownBlock } from '@slack/types';
import {
  type Approval,
  type Approved,
  approvalOf,
  type Condition,
  conditionsOf,
  type ExceptionRequest,
  needsTier,
} from '../../core/request.ts';
import { truncate } from '../limits.ts';
import { bold, date, type Line, line, said } from '../mrkdwn.ts';
import { context, says } from './blocks.ts';
import { type Drawn, decidedBy, endedBy, isVeiled, nameOf, role, whoseTurn, wordsOf } from './drawn.ts';

/** Conditions shown, and code points of each; the rest stands behind Details. */
const CONDITIONS = 5;
const CONDITION = 150;

/** Both stages: by whom and when, or whose turn it is; then what follows. */
export function progress(drawn: Drawn): ContextBlock[] {
  const { state } = drawn;
  const { card } = wordsOf(drawn);
  const confirmed = approvalOf(state, 'validation');
  const authorized = approvalOf(state, 'authorization');
  const authorizers = whoseTurn(drawn, 'authorization');
  if (state.status === 'rejected') {
    const say = state.stage === 'validation' ? card.rejectedDetails : card.authorization.rejected;
    const rejected = context(say(endedBy(drawn, state), date(state.at)));
    return [...(confirmed ? [detailsConfirmed(drawn, confirmed)] : []), rejected];
  }
  if (state.status === 'withdrawn') {
    const withdrawn = context(card.withdrawn(nameOf(drawn, state.by), date(state.at)));
    return [...(confirmed ? [detailsConfirmed(drawn, confirmed)] : []), withdrawn];
  }
  // Nobody decides what its owner has yet to complete.
  const incomplete = state.returned && nameOf(drawn, state.owner);
  if (!confirmed)
    return [
      context(
        incomplete ? card.incomplete.validation(incomplete) : card.waiting.validation(whoseTurn(drawn, 'validation')),
      ),
      context(needsTier(state) ? card.authorization.unknown : card.authorization.next(authorizers)),
      ...attending(drawn),
    ];
  const second = authorized
    ? card.authorization.done(decidedBy(drawn, authorized), date(authorized.at))
    : incomplete
      ? card.incomplete.authorization(incomplete)
      : line`${card.authorization.now(authorizers)}`;
  return [
    detailsConfirmed(drawn, confirmed),
    context(second),
    ...(state.status === 'approved' ? after(drawn, state) : attending(drawn)),
  ];
}

const detailsConfirmed = (drawn: Drawn, approval: Approval) =>
  context(wordsOf(drawn).card.confirmed(decidedBy(drawn, approval), date(approval.at)));

/** Who looks at it, whose it is by name. */
function attending(drawn: Drawn): ContextBlock[] {
  const { state } = drawn;
  const { card } = wordsOf(drawn);
  const { taken, assigned, owner, requester } = state;
  const last = state.handovers.at(-1);
  return [
    ...(taken ? [context(card.taken(nameOf(drawn, taken.by), date(taken.until)))] : []),
    ...(assigned ? [context(card.assigned(nameOf(drawn, assigned.to), nameOf(drawn, assigned.by)))] : []),
    ...(last && owner !== requester && !isVeiled(drawn) ? [context(card.owner(nameOf(drawn, owner)))] : []),
  ];
}

/** What came of an approval, and what is next. */
function after(drawn: Drawn, state: Approved): ContextBlock[] {
  const { card } = wordsOf(drawn);
  const { execution, closure, check } = state;
  const say = execution?.outcome === 'done' ? card.carriedOut : card.couldNot;
  return [
    ...(execution ? [context(say(nameOf(drawn, execution.by), date(execution.at)))] : []),
    ...(closure ? [context(card.closed(nameOf(drawn, closure.by), date(closure.at)))] : []),
    ...(check ? [context(card.checked(check.effective, nameOf(drawn, check.by), date(check.at)))] : []),
    ...howLong(drawn, state),
    ...next(drawn, state).map((each) => context(each)),
  ];
}

/** How long it is good for or how it ended; what it renews, and what renews it. */
function howLong(drawn: Drawn, { validity, ended, renews, at }: Approved): ContextBlock[] {
  const { endings, format } = wordsOf(drawn);
  const { by } = drawn.renewing ?? { by: null };
  const end = () => {
    if (!ended) return validity ? line`${endings.good(endings.goodFor(validity, at))}` : null;
    if (ended.how === 'expired') return endings.ended.expired(validity ? format.day(validity.until) : '');
    return endings.ended[ended.how](date(ended.at), nameOf(drawn, ended.by));
  };
  const how = end();
  return [
    ...(how ? [context(how)] : []),
    ...(renews ? [context(endings.renews(renews.number, renews.times))] : []),
    ...(by ? [context((by.status === 'approved' ? endings.renewedBy : endings.renewalAsked)(by.number))] : []),
  ];
}

function next(drawn: Drawn, state: Approved): Line[] {
  const { card } = wordsOf(drawn);
  const operations = role(drawn, 'operations');
  if (state.closure) {
    if (!state.checkDue || state.check) return [];
    const { action } = state.closure;
    return [card.next.check(action ? nameOf(drawn, action.owner) : operations.group)];
  }
  if (state.ended) return [line`${card.next.close(operations)}`];
  const unmet = conditionsOf(state).filter(({ met }) => !met).length;
  return [
    ...(unmet > 0 ? [line`${card.next.meet(unmet)}`] : []),
    ...(state.execution?.outcome === 'done' ? [] : [line`${card.next.carryOut(operations)}`]),
    ...(state.execution ? [line`${card.next.close(operations)}`] : []),
  ];
}

/**
 * What the approval hangs on: whose it is, by when, and whether it is met.
 * @param apart conditions that are shown elsewhere
 */
export function conditions(drawn: Drawn, apart: Condition[] = []): KnownBlock[] {
  const all = conditionsOf(drawn.state).filter((condition) => !apart.includes(condition));
  if (all.length === 0 || isVeiled(drawn)) return [];
  const { card } = wordsOf(drawn);
  const left = all.length - CONDITIONS;
  return [
    says(line`${bold(card.conditions)}`),
    ...all.slice(0, CONDITIONS).map((condition) => says(conditionLine(drawn, condition))),
    ...(left > 0 ? [context(card.more(left))] : []),
  ];
}

export function conditionLine(drawn: Drawn, { text, owner, due, met }: Condition): Line {
  const { card, format, names } = wordsOf(drawn);
  const what = truncate(said(text, names.removed), CONDITION);
  return met
    ? card.conditionMet(what, nameOf(drawn, met.by), date(met.at))
    : card.condition(what, nameOf(drawn, owner), format.day(due));
}

/** The conditions that a person has yet to meet. */
export const unmetOf = (state: ExceptionRequest, person: string): Condition[] =>
  state.status === 'approved' && !state.closure && !state.ended
    ? conditionsOf(state).filter(({ owner, met }) => owner === person && !met)
    : [];

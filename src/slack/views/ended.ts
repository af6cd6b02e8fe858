/** Direct messages once a request is decided: with everybody's reasons, what is owed now, and in the end the closed record. */
import type { ActionsBlock, Button, KnownBlock } from '@slack/types';
import { type Approval, type Approved, askers } from '../../core/request.ts';
import { EXECUTED, encode } from '../carried.ts';
import { ACTION } from '../ids.ts';
import { date, type Line, line } from '../mrkdwn.ts';
import { actions, button, context, facts, says } from './blocks.ts';
import { choiceOf, deedButton, idOf } from './card.ts';
import {
  type Drawn,
  decidedBy,
  isVeiled,
  type Message,
  message,
  messageInShort,
  nameFirst,
  nameOf,
  refOf,
  subjectOf,
  wordsOf,
} from './drawn.ts';
import { conditionWarning, hasEnded, nearEnd, toUndo } from './ending.ts';
import { cardFacts } from './facts.ts';
import { about, open } from './parts.ts';
import { conditionLine, conditions, progress, unmetOf } from './progress.ts';
import { wrote } from './quotes.ts';
import { type Called, whom } from './story.ts';

/** The end of the review, with the reasons of everyone who decided. */
export function over(drawn: Drawn, person: string): Message {
  const { state } = drawn;
  const { dm, ex } = wordsOf(drawn);
  const first = state.status === 'in_review' ? line`${ex(state.number)}` : dm.over[state.status](state.number);
  const decisions: Approval[] = [...state.approvals, ...(state.status === 'rejected' ? [state.rejection] : [])];
  return message(drawn, first, [
    says(first),
    says(line`${subjectOf(drawn)}`),
    ...facts(cardFacts(drawn)),
    ...decisions.filter(({ round }) => round === state.round).flatMap((decision) => reasons(drawn, decision)),
    ...endOfReview(drawn),
    ...(state.status === 'approved' ? [...conditions(drawn, unmetOf(state, person)), ...progress(drawn).slice(2)] : []),
    ...tasks(drawn, person),
  ]);
}

const reasons = (drawn: Drawn, decision: Approval): KnownBlock[] => {
  const { by, at, stage, rationale } = decision;
  const approved =
    drawn.state.status !== 'rejected' || drawn.state.rejection.at !== at || drawn.state.rejection.by !== by;
  return wrote(
    drawn,
    wordsOf(drawn).dm.wrote(decidedBy(drawn, decision), stage, approved, date(at)),
    rationale,
    'cutShortOpen',
  );
};

function endOfReview(drawn: Drawn): KnownBlock[] {
  const { state } = drawn;
  const { dm } = wordsOf(drawn);
  if (state.status === 'rejected') return [context(dm.askAgain)];
  if (state.status !== 'withdrawn') return [];
  const by = dm.withdrawnBy(nameOf(drawn, state.by), date(state.at));
  return state.reason ? wrote(drawn, by, state.reason, 'cutShortOpen') : [says(by)];
}

/** What the person owes by name, and what else they can do. */
function tasks(drawn: Drawn, person: string): KnownBlock[] {
  return [...unmetConditions(drawn, person), endButtons(drawn, person)];
}

/** Each condition that is theirs, with the button that says that it is met. */
function unmetConditions(drawn: Drawn, person: string): KnownBlock[] {
  const { deed } = wordsOf(drawn);
  return unmetOf(drawn.state, person)
    .slice(0, CONDITIONS)
    .flatMap((condition) => [
      ...(isVeiled(drawn) ? [] : [says(conditionLine(drawn, condition))]),
      actions(`${idOf(drawn, 'condition')}-${condition.id}`, [
        deedButton(drawn, 'meet_condition', deed.meetCondition.button, condition.id, 'primary'),
      ]),
    ]);
}
/** Conditions of one person that are shown each with its button. */
const CONDITIONS = 5;

function endButtons(drawn: Drawn, person: string): ActionsBlock {
  const { state } = drawn;
  const { button: name } = wordsOf(drawn);
  const asking = askers(state).includes(person);
  const again = state.status === 'rejected' && (person === state.requester || person === state.owner);
  const opened = state.status === 'approved' && state.closure === null && asking;
  const rest = [
    ...(person === state.owner ? [choiceOf(drawn, 'hand_over', name.handOver)] : []),
    choiceOf(drawn, 'complain', name.complaint),
  ];
  return actions(idOf(drawn, 'open'), [
    open(drawn),
    ...(again ? [button(ACTION.askAgain, name.askAgain, encode(refOf(drawn)))] : []),
    ...(opened ? [{ type: 'overflow', action_id: ACTION.more, options: rest } as const] : []),
  ]);
}

/**
 * A message on an approved request: what it was sent for, how it stands, and what is owed. Each button has a block of its own,
 * since two may open the same form.
 */
function afterwards(drawn: Drawn, person: string, first: Line, why: KnownBlock[], buttons: Button[] = []): Message {
  return message(drawn, first, [
    ...why,
    ...about(drawn, unmetOf(drawn.state, person)),
    ...buttons.map((each, at) => actions(`${idOf(drawn, 'task')}-${each.action_id}-${at}`, [each])),
    ...tasks(drawn, person),
  ]);
}

/** To operations: carry it out, then close the record. */
export function carryOut(drawn: Drawn, person: string): Message {
  const { state } = drawn;
  if (state.status !== 'approved' || state.closure) return closed(drawn, person);
  if (state.ended) return toUndo(drawn, state);
  const { execution } = state;
  const { told, role } = wordsOf(drawn);
  const first = todo(drawn, state);
  const because = execution
    ? wrote(drawn, told.theyWrote(nameFirst(drawn, execution.by), date(execution.at)), execution.words, 'cutShortOpen')
    : [context(told.carryOutWhy(role('operations', drawn)))];
  return afterwards(drawn, person, first, [says(first), ...because], executionButtons(drawn, state));
}

function todo(drawn: Drawn, { number, execution }: Approved): Line {
  const { told } = wordsOf(drawn);
  if (!execution) return told.carryOut(number);
  return execution.outcome === 'done' ? told.toClose(number) : told.tryAgain(number, nameOf(drawn, execution.by));
}

/** What operations can do about an approved request that is not closed. */
function executionButtons(drawn: Drawn, { execution, ended }: Approved): Button[] {
  const { button: name } = wordsOf(drawn);
  if (ended) return [deedButton(drawn, 'close', name.close, undefined, 'primary')];
  return [
    ...(execution?.outcome === 'done'
      ? []
      : [deedButton(drawn, 'execute', name.carryOut, outcomeAs('done'), 'primary')]),
    ...(execution ? [] : [deedButton(drawn, 'execute', name.couldNot, outcomeAs('could_not'))]),
    ...(execution ? [deedButton(drawn, 'close', name.close, undefined, 'primary')] : []),
  ];
}

/** The outcome that the form opens with. */
const outcomeAs = (outcome: (typeof EXECUTED)[number]): number => EXECUTED.indexOf(outcome) + 1;

/** The same in the card's thread, where it calls operations. */
export function taskLine(drawn: Drawn, called: Called): Message {
  const { state } = drawn;
  const { story, endings } = wordsOf(drawn);
  const { number } = state;
  if (state.status !== 'approved' || state.closure)
    return messageInShort(drawn, line`${story.allDone(number)}`, [says(line`${story.allDone(number)}`)]);
  const who = whom(drawn, called);
  const open = state.execution?.outcome === 'done' ? story.toClose(who, number) : story.carryOut(who, number);
  const first = state.ended ? endings.closeEnded(who, number) : open;
  return messageInShort(drawn, first, [
    says(first),
    ...conditions(drawn),
    ...progress(drawn).slice(2),
    ...executionButtons(drawn, state).map((each, at) =>
      actions(`${idOf(drawn, 'task')}-${each.action_id}-${at}`, [each]),
    ),
  ]);
}

export function carriedOut(drawn: Drawn, person: string): Message {
  const { state } = drawn;
  const { told } = wordsOf(drawn);
  if (state.status !== 'approved' || state.closure) return closed(drawn, person);
  const { execution } = state;
  if (!execution) return over(drawn, person);
  const say = execution.outcome === 'done' ? told.carriedOut : told.couldNot;
  const first = say(state.number, nameFirst(drawn, execution.by));
  return afterwards(drawn, person, first, wrote(drawn, first, execution.words, 'cutShortOpen'));
}

/** To whoever owes a condition; once they are met, that they are. */
export function condition(drawn: Drawn, person: string): Message {
  const { state } = drawn;
  const { told } = wordsOf(drawn);
  if (state.status !== 'approved' || state.closure) return closed(drawn, person);
  const own = state.conditions.some(({ owner, round }) => owner === person && round === state.round);
  if (!own) return afterwards(drawn, person, line`${told.noCondition(state.number)}`, []);
  const left = unmetOf(state, person).length > 0;
  if (state.ended) return hasEnded(drawn, state, person);
  const open = conditionWarning(drawn, state, person) ?? told.condition(state.number);
  const first = left ? open : line`${told.conditionsMet(state.number)}`;
  return afterwards(drawn, person, first, [says(first)]);
}

/** The record is closed: what it says of the cause. What was not closed says how it stands. */
export function closed(drawn: Drawn, person: string): Message {
  const { state, rules } = drawn;
  const { told } = wordsOf(drawn);
  if (state.status !== 'approved' || !state.closure) return over(drawn, person);
  const { by, cause, fixed } = state.closure;
  const first = told.closed(state.number, nameFirst(drawn, by));
  const name = rules.causes.find(({ id }) => id === cause)?.name ?? cause;
  const learnt = isVeiled(drawn)
    ? []
    : [context(told.cause(name)), ...wrote(drawn, line`${told.fixed}`, fixed, 'cutShortOpen')];
  return afterwards(drawn, person, first, [says(first), ...learnt]);
}

/** To whoever owns the corrective action, on the day. */
export function checkEffectiveness(drawn: Drawn, person: string): Message {
  const { state } = drawn;
  const { told, deed, format } = wordsOf(drawn);
  if (state.status !== 'approved' || !state.closure) return over(drawn, person);
  const { action } = state.closure;
  const done = state.check;
  const first = done ? told.checked(state.number, nameFirst(drawn, done.by)) : told.checkEffect(state.number);
  const what = action
    ? wrote(drawn, told.action(nameOf(drawn, action.owner), format.day(action.due)), action.words, 'cutShortOpen')
    : [];
  const say = deed.checkEffectiveness.button;
  const buttons = done ? [] : [deedButton(drawn, 'check_effectiveness', say, undefined, 'primary')];
  return afterwards(drawn, person, first, [says(first), ...what], buttons);
}

/** That it ends soon, or has ended; what is not approved says how it stands. */
export function ending(notice: 'ending' | 'ended' | 'undo', drawn: Drawn, person: string): Message {
  const { state } = drawn;
  if (state.status !== 'approved') return over(drawn, person);
  if (notice === 'ending' || !state.ended) return nearEnd(drawn, state, person);
  return notice === 'ended' ? hasEnded(drawn, state, person) : toUndo(drawn, state);
}

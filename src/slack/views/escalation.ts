/** Reminders to those an escalation goes to. */
import type { ActionsBlock, Button, KnownBlock } from '@slack/types';
import { isSettled } from '../../core/ladders.ts';
import { approvalOf, type Escalation, sameEscalation } from '../../core/request.ts';
import type { EscalationKind } from '../../core/values.ts';
import { encode } from '../carried.ts';
import { ACTION } from '../ids.ts';
import { date, type Inline, type Line, line } from '../mrkdwn.ts';
import { actions, button, context, says } from './blocks.ts';
import {
  type Drawn,
  type Message,
  messageInShort,
  nameFirst,
  nameOf,
  refOf,
  summaryOf,
  whoseTurn,
  wordsOf,
} from './drawn.ts';
import { tierText } from './facts.ts';
import { wrote } from './quotes.ts';

/** More names than this are counted: the group's own name says the rest. */
const NAMED = 10;

const isComplaint = (kind: EscalationKind): boolean => kind === 'complaint';

/**
 * One reminder, drawn from the state as it is now; each person it went to has one.
 * @param waitingFor ids of the people whose turn it is
 */
export function escalationMessage(drawn: Drawn, raised: Escalation, person: string, waitingFor: string[]): Message {
  const { state } = drawn;
  const { escalation: say } = wordsOf(drawn);
  // The one handed in may be older than what came of it.
  const escalation = state.escalations.find((known) => sameEscalation(known, raised)) ?? raised;
  const { kind, priority, deadline } = escalation;
  if (state.status !== 'in_review' && isSettled(state, escalation, drawn.rules)) {
    const over = say.over(state.number, state.status, nameOf(drawn, state.by), date(state.at));
    return messageInShort(drawn, over, [says(over), context(summaryOf(drawn)), buttons(drawn, escalation)]);
  }
  const headline = say.headline[kind](state.number, priority, date(deadline));
  const undone = state.status === 'in_review' ? line`${headline} ${say.undone(state.stage)}` : headline;
  const sentence = escalation.step > 1 ? line`${undone} ${say.climbed}` : undone;
  return messageInShort(drawn, sentence, [
    says(sentence),
    ...(isComplaint(kind) ? complaint(drawn) : []),
    context(summaryOf(drawn)),
    ...confirmed(drawn),
    context(say.because(tierText(drawn))),
    ...waiting(drawn, waitingFor),
    ...came(drawn, escalation, person),
    buttons(drawn, escalation),
  ]);
}

/** What the customer complained of, as told last. */
function complaint(drawn: Drawn): KnownBlock[] {
  const last = drawn.state.complaints.at(-1);
  if (!last) return [];
  return wrote(drawn, wordsOf(drawn).escalation.theyWrote(nameFirst(drawn, last.by)), last.words, 'cutShortOpen');
}

function confirmed(drawn: Drawn): KnownBlock[] {
  const approval = approvalOf(drawn.state, 'validation');
  return approval ? [context(wordsOf(drawn).escalation.detailsConfirmed(date(approval.at)))] : [];
}

function waiting(drawn: Drawn, people: string[]): KnownBlock[] {
  const { state } = drawn;
  const { escalation: say, story } = wordsOf(drawn);
  if (state.status !== 'in_review') return [];
  if (state.returned) return [says(say.waitingForOwner(nameOf(drawn, state.owner)))];
  const whom = say.waitingFor(whoseTurn(drawn, state.stage));
  if (people.length === 0) return [says(line`${whom}. ${say.waitingNobody}`)];
  const named = people.slice(0, NAMED).flatMap((id, i): Inline[] => [...(i > 0 ? [', '] : []), nameOf(drawn, id)]);
  return [says(line`${whom}: ${named}${people.length > NAMED ? story.andMore(people.length - NAMED) : ''}.`)];
}

/** What came of it so far. */
function came(drawn: Drawn, { acknowledged, nudged }: Escalation, person: string): KnownBlock[] {
  const { escalation: say } = wordsOf(drawn);
  const lines: Line[] = [];
  if (acknowledged) {
    const { by, at } = acknowledged;
    lines.push(by === person ? say.acknowledgedByYou(date(at)) : say.acknowledged(nameFirst(drawn, by), date(at)));
  }
  if (nudged) lines.push(say.nudged(nameOf(drawn, nudged.by), date(nudged.at)));
  return lines.length > 0 ? [says(...lines.slice(0, 1)), ...lines.slice(1).map((each) => context(each))] : [];
}

function buttons(drawn: Drawn, escalation: Escalation): ActionsBlock {
  const { kind, deadline, acknowledged } = escalation;
  const { state } = drawn;
  const { button: name } = wordsOf(drawn);
  const value = encode({ v: 1, n: state.number, k: kind, d: deadline });
  const handled = isSettled(state, escalation, drawn.rules) || acknowledged !== null;
  const open: Button = button(ACTION.open, name.open, encode(refOf(drawn)));
  // Who is told that a request comes to their own tier has nobody to nudge but themselves; what is decided waits for nobody.
  const nudge =
    kind === 'authority_exceeded' || state.status !== 'in_review' ? [] : [button(ACTION.nudge, name.nudge, value)];
  const working = [button(ACTION.acknowledge, name.acknowledge, value, 'primary'), ...nudge];
  const standing = state.status === 'in_review' ? state.stage : state.status;
  return actions(
    `escalation-${state.number}-${kind}-${standing}-${handled ? 'handled' : 'open'}`,
    handled ? [open] : [...working, open],
  );
}

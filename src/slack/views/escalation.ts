/** Reminders to those an escalation goes to. */
import type { ActionsBlock, Button, KnownBlock } from '@slack/types';
import { approvalOf, type Escalation, sameEscalation } from '../../core/request.ts';
import { ACTION, encode } from '../ids.ts';
import { date, type Inline, type Line, line } from '../mrkdwn.ts';
import { actions, button, context, says } from './blocks.ts';
import { type Drawn, type Message, messageInShort, nameOf, refOf, summaryOf, whoseTurn, wordsOf } from './drawn.ts';
import { tierText } from './facts.ts';

/** More names than this are counted: the group's own name says the rest. */
const NAMED = 10;

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
  if (state.status !== 'in_review') {
    const over = say.over(state.number, state.status, nameOf(drawn, state.by), date(state.at));
    return messageInShort(drawn, over, [says(over), context(summaryOf(drawn)), buttons(drawn, escalation)]);
  }
  const headline = say.headline[kind](state.number, priority, date(deadline));
  return messageInShort(drawn, line`${headline} ${say.undone(state.stage)}`, [
    says(line`${headline} ${say.undone(state.stage)}`),
    context(summaryOf(drawn)),
    ...confirmed(drawn),
    context(say.because(tierText(drawn))),
    says(waiting(drawn, waitingFor)),
    ...came(drawn, escalation, person),
    buttons(drawn, escalation),
  ]);
}

function confirmed(drawn: Drawn): KnownBlock[] {
  const approval = approvalOf(drawn.state, 'validation');
  return approval ? [context(wordsOf(drawn).escalation.detailsConfirmed(date(approval.at)))] : [];
}

function waiting(drawn: Drawn, people: string[]): Line {
  const { state } = drawn;
  const { escalation: say, story } = wordsOf(drawn);
  if (state.status !== 'in_review') return [];
  const whom = say.waitingFor(whoseTurn(drawn, state.stage));
  if (people.length === 0) return line`${whom}. ${say.waitingNobody}`;
  const named = people.slice(0, NAMED).flatMap((id, i): Inline[] => [...(i > 0 ? [', '] : []), nameOf(drawn, id)]);
  return line`${whom}: ${named}${people.length > NAMED ? story.andMore(people.length - NAMED) : ''}.`;
}

/** What came of it so far. */
function came(drawn: Drawn, { acknowledged, nudged }: Escalation, person: string): KnownBlock[] {
  const { escalation: say } = wordsOf(drawn);
  const lines: Line[] = [];
  if (acknowledged) {
    const { by, at } = acknowledged;
    lines.push(by === person ? say.acknowledgedByYou(date(at)) : say.acknowledged(nameOf(drawn, by), date(at)));
  }
  if (nudged) lines.push(say.nudged(nameOf(drawn, nudged.by), date(nudged.at)));
  return lines.length > 0 ? [says(...lines.slice(0, 1)), ...lines.slice(1).map((each) => context(each))] : [];
}

function buttons(drawn: Drawn, { kind, deadline, acknowledged }: Escalation): ActionsBlock {
  const { state } = drawn;
  const { button: name } = wordsOf(drawn);
  const value = encode({ v: 1, n: state.number, k: kind, d: deadline });
  const handled = state.status !== 'in_review' || acknowledged !== null;
  const open: Button = button(ACTION.open, name.open, encode(refOf(drawn)));
  // Who is told that a request comes to their own tier has nobody to nudge but themselves.
  const nudge = kind === 'authority_exceeded' ? [] : [button(ACTION.nudge, name.nudge, value)];
  const working = [button(ACTION.acknowledge, name.acknowledge, value, 'primary'), ...nudge];
  const standing = state.status === 'in_review' ? state.stage : state.status;
  return actions(
    `escalation-${state.number}-${kind}-${standing}-${handled ? 'handled' : 'open'}`,
    handled ? [open] : [...working, open],
  );
}

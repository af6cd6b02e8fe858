/** Reminders to those an escalation goes to. */
import type { ActionsBlock, Button, KnownBlock } from '@slack/types';
import { isSettled, tierAbove } from '../../core/ladders.ts';
import { approvalOf, type Escalation, needsTier, sameEscalation } from '../../core/request.ts';
import { type EscalationKind, type Instant, TIERS } from '../../core/values.ts';
import { fullHourAfter } from '../../core/week.ts';
import { encode } from '../carried.ts';
import { ACTION } from '../ids.ts';
import { date, type Inline, type Line, line } from '../mrkdwn.ts';
import { actions, button, context, says } from './blocks.ts';
import { deedButton } from './card.ts';
import {
  awayLine,
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

/** Who reads it: as which step of the ladder it came to them, and their IANA zone. */
export type Chaser = { person: string; step: number; zone: string };

/**
 * One escalation, drawn from the state as it is now; each person it went to has one.
 * @param waitingFor ids of the people whose turn it is
 */
export function escalationMessage(drawn: Drawn, raised: Escalation, chaser: Chaser, waitingFor: string[]): Message {
  const { state } = drawn;
  const { escalation: say } = wordsOf(drawn);
  // The one handed in may be older than what came of it.
  const escalation = state.escalations.find((known) => sameEscalation(known, raised)) ?? raised;
  const { kind, priority, deadline } = escalation;
  if (state.status !== 'in_review' && isSettled(state, escalation, drawn.rules)) {
    const over = say.over(state.number, state.status, nameOf(drawn, state.by), date(state.at));
    return messageInShort(drawn, over, [says(over), context(summaryOf(drawn)), buttons(drawn, escalation, chaser)]);
  }
  const unanswered = isComplaint(kind) && chaser.step > 1;
  const headline = (unanswered ? say.unanswered : say.headline[kind])(state.number, priority, date(deadline));
  const undone = state.status === 'in_review' ? line`${headline} ${say.undone(state.stage)}` : headline;
  if (state.status === 'in_review' && isMoved(drawn, escalation))
    return messageInShort(drawn, headline, [
      says(say.moved(date(state.dueAt))),
      context(summaryOf(drawn)),
      buttons(drawn, escalation, chaser),
    ]);
  const sentence = chaser.step > 1 && !unanswered ? line`${undone} ${say.climbed}` : undone;
  return messageInShort(drawn, sentence, [
    says(sentence),
    ...(isComplaint(kind) ? complaint(drawn) : []),
    context(summaryOf(drawn)),
    ...confirmed(drawn),
    context(say.because(tierText(drawn))),
    ...waiting(drawn, waitingFor),
    ...came(drawn, escalation, chaser.person),
    buttons(drawn, escalation, chaser),
  ]);
}

/** The deadline it warned of counts no more: it was expedited, or stood still for a while. */
const isMoved = ({ state }: Drawn, { kind, deadline }: Escalation): boolean =>
  (kind === 'sla_imminent' || kind === 'sla_breached') && state.dueAt !== deadline;

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
  const whom = waitingLine(drawn, people);
  const away = drawn.state.status === 'in_review' && !drawn.state.returned ? awayLine(drawn) : null;
  return [...whom, ...(away ? [context(away)] : [])];
}

function waitingLine(drawn: Drawn, people: string[]): KnownBlock[] {
  const { state } = drawn;
  const { escalation: say, story } = wordsOf(drawn);
  if (state.status !== 'in_review') return [];
  if (state.returned) return [says(say.waitingForOwner(nameOf(drawn, state.owner)))];
  const whom = say.waitingFor(whoseTurn(drawn, state.stage));
  if (people.length === 0)
    return [says(drawn.away?.length ? line`${whom}. ${say.waitingAllAway}` : line`${whom}. ${say.waitingNobody}`)];
  const named = people.slice(0, NAMED).flatMap((id, i): Inline[] => [...(i > 0 ? [', '] : []), nameOf(drawn, id)]);
  return [says(line`${whom}: ${named}${people.length > NAMED ? story.andMore(people.length - NAMED) : ''}.`)];
}

/** What came of it so far, and what comes next. */
function came(drawn: Drawn, { acknowledged, acknowledgeBy, nudged }: Escalation, person: string): KnownBlock[] {
  const { escalation: say } = wordsOf(drawn);
  const lines: Line[] = [];
  if (acknowledged) {
    const { by, at, until } = acknowledged;
    const own = by === person;
    if (until) lines.push(own ? say.onItYou(date(until)) : say.onIt(nameFirst(drawn, by), date(until)));
    else lines.push(own ? say.acknowledgedByYou(date(at)) : say.acknowledged(nameFirst(drawn, by), date(at)));
  } else if (acknowledgeBy) lines.push(say.climbs(date(acknowledgeBy)));
  if (nudged) lines.push(say.nudged(nameOf(drawn, nudged.by), date(nudged.at)));
  return lines.length > 0 ? [says(...lines.slice(0, 1)), ...lines.slice(1).map((each) => context(each))] : [];
}

function buttons(drawn: Drawn, escalation: Escalation, chaser: Chaser): ActionsBlock {
  const { state } = drawn;
  const { button: name } = wordsOf(drawn);
  const { kind, acknowledged, step } = escalation;
  const settled = isSettled(state, escalation, drawn.rules);
  const open: Button = button(ACTION.open, name.open, encode(refOf(drawn)));
  const handled = settled || acknowledged !== null;
  const standing = state.status === 'in_review' ? state.stage : state.status;
  // Each step asks anew, and whoever said to be on it can still take charge for good.
  const mode = settled ? 'over' : acknowledged ? `taken-${acknowledged.until ? 'awhile' : 'good'}` : `open-${step}`;
  return actions(
    `escalation-${state.number}-${kind}-${standing}-${mode}`,
    handled ? [open] : [...takingCharge(drawn, escalation, chaser), ...chasing(drawn, escalation, chaser), open],
  );
}

const refTo = ({ state }: Drawn, { kind, deadline }: Escalation, until?: Instant): string =>
  encode({ v: 1, n: state.number, k: kind, d: deadline, ...(until ? { u: until } : {}) });

function takingCharge(drawn: Drawn, escalation: Escalation, { zone }: Chaser): Button[] {
  const { button: name, format } = wordsOf(drawn);
  const until = fullHourAfter(escalation.at, zone);
  return [
    button(ACTION.acknowledge, name.acknowledge, refTo(drawn, escalation), 'primary'),
    button(ACTION.onIt, name.onIt(format.hour(until, zone)), refTo(drawn, escalation, until)),
  ];
}

/** What can be done about those whose turn it is. */
function chasing(drawn: Drawn, escalation: Escalation, { step }: Chaser): Button[] {
  const { state } = drawn;
  const { button: name } = wordsOf(drawn);
  const { kind, roles } = escalation;
  // Who is told that a request comes to their own tier has nobody to nudge but themselves; what is decided waits for nobody.
  if (state.status !== 'in_review' || kind === 'authority_exceeded') return [];
  const supervising = roles[step - 1] === 'ops_supervisors';
  const up = tierAbove(state.tier);
  return [
    button(ACTION.nudge, name.nudge, refTo(drawn, escalation)),
    ...(supervising && !isComplaint(kind) && up && !needsTier(state)
      ? [deedButton(drawn, 'reroute', name.reroute, TIERS.indexOf(up))]
      : []),
    ...(supervising ? [button(ACTION.setCover, name.setCover, encode(refOf(drawn)))] : []),
  ];
}

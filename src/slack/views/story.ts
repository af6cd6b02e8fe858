/** What stands in the card's thread: one line an event, and the one call of those whose turn it is. */
import type { KnownBlock } from '@slack/types';
import { type EventOf, SYSTEM } from '../../core/events.ts';
import { roleOf } from '../../core/policy.ts';
import { conditionsOf, needsTier } from '../../core/request.ts';
import { HOLD_ROLE } from '../../core/standing.ts';
import type { Told } from '../../core/told.ts';
import type { Stage, Words } from '../../core/values.ts';
import { date, groupMention, type Inline, type Line, line, mention } from '../mrkdwn.ts';
import { context, says } from './blocks.ts';
import { changesInFull } from './changes.ts';
import {
  type Drawn,
  decidedBy,
  isVeiled,
  type Message,
  message,
  messageInShort,
  nameFirst,
  nameOf,
  role,
  whoseTurn,
  wordsOf,
} from './drawn.ts';
import { tierText } from './facts.ts';
import { inputName } from './notes.ts';
import { conditionLine } from './progress.ts';
import { wrote } from './quotes.ts';

/** More than this many are not called by name: it would be a wall of names. */
export const CALLED = 30;

/** One event in the card's thread. */
export function storyLine(event: Told, drawn: Drawn): Message {
  const { headline, blocks } = tell(event, drawn);
  return message(drawn, line`${wordsOf(drawn).ex(drawn.state.number)}: ${headline}`, blocks);
}

/** Its first sentence alone. */
export const headlineOf = (event: Told, drawn: Drawn): Line => tell(event, drawn).headline;

type ToldAs = { headline: Line; blocks: KnownBlock[] };

const plainly = (headline: Line, more: KnownBlock[] = []): ToldAs => ({ headline, blocks: [says(headline), ...more] });
/** A sentence, and under it what somebody wrote, if they wrote anything. */
const quoting = (drawn: Drawn, headline: Line, words: Words | null, more: KnownBlock[] = []): ToldAs =>
  words === null
    ? plainly(headline, more)
    : { headline, blocks: [...wrote(drawn, headline, words, 'cutShort'), ...more] };

/** Whoever did it; null for what the program found by itself. */
const doer = (drawn: Drawn, by: string): Inline | null => (by === SYSTEM ? null : nameFirst(drawn, by));

function tell(event: Told, drawn: Drawn): ToldAs {
  const { story, names } = wordsOf(drawn);
  const by = nameFirst(drawn, event.by);
  const owner = nameOf(drawn, drawn.state.owner);
  const quoted = (headline: Line, words: Words | null) => quoting(drawn, headline, words);
  switch (event.type) {
    case 'amended':
    case 'corrected':
      return edited(event, drawn);
    case 'correction_objected':
      return quoted(story.objected(by), event.words);
    case 'tier_picked':
      return quoted(story.tierPicked(by, event.tier), event.reason);
    case 'returned':
      return sentBack(event, drawn);
    case 'handed_over': {
      const to = nameOf(drawn, event.to);
      const headline = event.by === SYSTEM ? story.handedOverItself(to) : story.handedOver(by, to);
      return quoted(headline, event.reason);
    }
    case 'withdrawn':
      return quoted(story.withdrawn(by), event.reason);
    case 'stage_approved':
      return approved(event, drawn);
    case 'stage_rejected':
      return quoted(story.rejected(decidedBy(drawn, event)), event.rationale);
    case 'confirmation_taken_back':
      return quoted(story.takenBack(by), event.reason);
    case 'assigned':
      return plainly(story.assigned(by, nameOf(drawn, event.to)));
    case 'conflict_declared':
      return plainly(story.conflict(by));
    case 'info_requested':
      return quoted(story.asked(by, owner), event.words);
    case 'info_answered':
      return quoted(story.answered(by), event.words);
    case 'question_closed':
      return plainly(story.questionClosed(by));
    case 'question_reopened':
      return plainly(story.questionReopened(by, owner));
    case 'escalation_raised':
      return plainly(raised(event, drawn));
    case 'escalation_acknowledged':
      return plainly(story.acknowledged(by, event.kind));
    case 'nudged':
      return plainly(story.nudged(by, whoseTurn(drawn, event.stage)));
    case 'complaint_received':
      return quoted(story.complaint(by), event.words);
    case 'expedited':
      return quoted(story.expedited(by, date(event.dueAt)), event.justification);
    case 'hold_placed':
      return onHold(event, drawn);
    case 'hold_released':
      return event.outcome === 'answered'
        ? plainly(story.released(doer(drawn, event.by), event.outcome))
        : quoted(story.released(doer(drawn, event.by), event.outcome), event.words);
    case 'executed':
      return quoted(story.executed(by, event.outcome === 'done'), event.words);
    case 'condition_met':
      return quoted(story.conditionMet(by, conditionsOf(drawn.state).filter(({ met }) => !met).length), event.words);
    case 'closed': {
      const cause = drawn.rules.causes.find(({ id }) => id === event.cause)?.name ?? event.cause;
      const headline = isVeiled(drawn) ? story.closedVeiled(by) : story.closed(by, cause);
      return plainly(headline, closing(event, drawn));
    }
    case 'effectiveness_checked':
      return quoted(story.checked(by, names.effective[event.effective]), event.words);
    case 'rerouted':
      return quoted(story.rerouted(by, event.tier), event.reason);
    case 'lapsed':
      return plainly(line`${story.lapsed[event.because]}`);
    case 'revoked':
      return quoted(story.revoked(by), event.words);
    case 'erased':
      // Why is for those who read the record: a channel need not know who asked to be forgotten.
      return plainly(erasedLine(drawn, event));
    default:
      return event satisfies never;
  }
}

/** What was erased, and by whom. */
export function erasedLine(
  drawn: Drawn,
  { by, because, what }: Pick<EventOf<'erased'>, 'by' | 'because' | 'what'>,
): Line {
  const { story, names, format } = wordsOf(drawn);
  const parts = format.all(what.map((part) => names.part[part]));
  return because === 'request' ? story.erased.request(nameFirst(drawn, by), parts) : story.erased.retention(parts);
}

/** How many approvals of the round before it an edit undoes. */
function undoes(event: EventOf<'amended' | 'corrected'>, { state }: Drawn): number {
  return state.approvals.filter(({ round }) => round === event.round - 1).length;
}

/** What an edit changed, why, and what it undoes. */
function edited(event: EventOf<'amended' | 'corrected'>, drawn: Drawn): ToldAs {
  const { story } = wordsOf(drawn);
  const by = nameFirst(drawn, event.by);
  const voided = undoes(event, drawn);
  const undone = voided > 0 ? [context(story.voided(voided))] : [];
  if (event.type === 'amended') return plainly(story.amended(by), [...changesInFull(drawn, event.changes), ...undone]);
  return quoting(drawn, story.corrected(by), event.reason, [...changesInFull(drawn, event.changes), ...undone]);
}

function sentBack(event: EventOf<'returned'>, drawn: Drawn): ToldAs {
  const { story } = wordsOf(drawn);
  const headline = story.returned(doer(drawn, event.by), nameOf(drawn, drawn.state.owner));
  const missing = isVeiled(drawn) ? [] : event.missing.map((id) => inputName(drawn, id));
  return quoting(drawn, headline, event.words, missing.length > 0 ? [context(story.missing(missing))] : []);
}

function approved(event: EventOf<'stage_approved'>, drawn: Drawn): ToldAs {
  const { story } = wordsOf(drawn);
  const by = decidedBy(drawn, event);
  const attached = drawn.state.conditions.filter((each) => each.round === event.round && each.by === event.by);
  const conditions =
    attached.length === 0 || isVeiled(drawn)
      ? []
      : [
          context(story.conditions(attached.length)),
          ...attached.slice(0, 5).map((each) => says(conditionLine(drawn, each))),
        ];
  if (event.stage === 'authorization') return quoting(drawn, story.authorized(by), event.rationale, conditions);
  const next = whoseTurn(drawn, 'authorization').oneOf;
  return quoting(drawn, story.confirmed(by, next, date(drawn.state.dueAt)), event.rationale, conditions);
}

function onHold(event: EventOf<'hold_placed'>, drawn: Drawn): ToldAs {
  const { story, names } = wordsOf(drawn);
  const headline = story.hold(
    event.by === SYSTEM ? null : nameOf(drawn, event.by),
    names.hold[event.kind],
    role(drawn, HOLD_ROLE[event.kind]),
  );
  const extended = event.kind === 'data_unavailable' ? [context(story.deadlineNow(date(event.dueAt)))] : [];
  return quoting(drawn, headline, event.words, extended);
}

const closing = ({ happened, fixed }: EventOf<'closed'>, drawn: Drawn): KnownBlock[] => {
  const { closedAs } = wordsOf(drawn).story;
  if (isVeiled(drawn)) return [];
  return [
    ...wrote(drawn, line`${closedAs.happened}`, happened, 'cutShort'),
    ...wrote(drawn, line`${closedAs.fixed}`, fixed, 'cutShort'),
  ];
};

function raised(event: EventOf<'escalation_raised'>, drawn: Drawn): Line {
  const { raised: say, climbed } = wordsOf(drawn).story;
  if (event.step > 1) return climbed(event.kind, role(drawn, event.role));
  if (event.kind === 'authority_exceeded') return say.authority_exceeded(tierText(drawn));
  return say[event.kind](role(drawn, event.role), date(event.deadline));
}

/** Whom a call pings: the group where there is one, else the people themselves. */
export type Called = { groupId: string | null; people: string[] };

/** Calls the group whose turn it is: a line in the thread that pings. */
export function callLine(drawn: Drawn, stage: Stage, called: Called): Message {
  const { story } = wordsOf(drawn);
  const { number, dueAt, tier } = drawn.state;
  if (!called.groupId && called.people.length === 0) {
    const nobody = line`${story.nobodyToCall(role(drawn, roleOf(stage, tier)), role(drawn, 'admins'))}`;
    return messageInShort(drawn, nobody, [says(nobody)]);
  }
  const say = stage === 'validation' && needsTier(drawn.state) ? story.callToPick : story.call[stage];
  const sentence = say(whom(drawn, called), number, date(dueAt));
  return messageInShort(drawn, sentence, [says(sentence)]);
}

/** Calls the group that owns this kind of case. */
export function ownersLine(drawn: Drawn, called: Called): Message {
  const sentence = wordsOf(drawn).story.owners(whom(drawn, called), drawn.state.number);
  return messageInShort(drawn, sentence, [says(sentence)]);
}

/** The group, or the people by name. */
export function whom(drawn: Drawn, { groupId, people }: Called): Line {
  if (groupId) return [groupMention(groupId)];
  const called = people
    .slice(0, CALLED)
    .flatMap((person, i): Line => (i > 0 ? [' ', mention(person)] : [mention(person)]));
  return people.length > CALLED ? [...called, wordsOf(drawn).story.andMore(people.length - CALLED)] : called;
}

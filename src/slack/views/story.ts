/** What stands in the card's thread: one line an event, and the one call of those whose turn it is. */
import type { KnownBlock } from '@slack/types';
import type { Recorded } from '../../core/events.ts';
import { roleOf } from '../../core/policy.ts';
import type { Stage } from '../../core/values.ts';
import { date, groupMention, type Line, line, mention } from '../mrkdwn.ts';
import { says } from './blocks.ts';
import { type Drawn, type Message, message, messageInShort, nameOf, role, whoseTurn, wordsOf } from './drawn.ts';
import { tierText } from './facts.ts';
import { wrote } from './quotes.ts';

/** More than this many are not called by name: it would be a wall of names. */
const CALLED = 30;

/** One event in the card's thread. */
export function storyLine(event: Recorded, drawn: Drawn): Message {
  const { headline, blocks } = tell(event, drawn);
  return message(drawn, line`${wordsOf(drawn).ex(drawn.state.number)}: ${headline}`, blocks);
}

type Told = { headline: Line; blocks: KnownBlock[] };

function tell(event: Recorded, drawn: Drawn): Told {
  const { story } = wordsOf(drawn);
  const by = nameOf(drawn, event.by);
  const plainly = (headline: Line): Told => ({ headline, blocks: [says(headline)] });
  const quoting = (headline: Line, words: Parameters<typeof wrote>[2]): Told => ({
    headline,
    blocks: wrote(drawn, headline, words, 'cutShort'),
  });
  switch (event.type) {
    case 'submitted':
      return plainly(story.submitted(by));
    case 'stage_approved':
      if (event.stage === 'authorization') return quoting(story.authorized(by), event.rationale);
      return quoting(
        story.confirmed(by, whoseTurn(drawn, 'authorization').oneOf, date(drawn.state.dueAt)),
        event.rationale,
      );
    case 'stage_rejected':
      return quoting(story.rejected(by), event.rationale);
    case 'info_requested':
      return quoting(story.asked(by, nameOf(drawn, drawn.state.requester)), event.words);
    case 'info_answered':
      return quoting(story.answered(by), event.words);
    case 'conflict_declared':
      return plainly(story.conflict(by));
    case 'withdrawn':
      return event.reason ? quoting(story.withdrawn(by), event.reason) : plainly(story.withdrawn(by));
    case 'escalation_raised':
      return plainly(raised(event, drawn));
    case 'escalation_acknowledged':
      return plainly(story.acknowledged(by, event.kind));
    case 'nudged':
      return plainly(story.nudged(by, whoseTurn(drawn, event.stage)));
    default:
      return plainly(line`${by}: ${event.type}`);
  }
}

function raised(event: Extract<Recorded, { type: 'escalation_raised' }>, drawn: Drawn): Line {
  const { raised: say } = wordsOf(drawn).story;
  if (event.kind === 'authority_exceeded') return say.authority_exceeded(tierText(drawn));
  return say[event.kind](role(drawn, event.role), date(event.deadline));
}

/** Whom a call pings: the group where there is one, else the people themselves. */
type Called = { groupId: string | null; people: string[] };

/** Calls the group whose turn it is: the one line in the thread that pings. */
export function callLine(drawn: Drawn, stage: Stage, { groupId, people }: Called): Message {
  const { story } = wordsOf(drawn);
  const { number, dueAt, tier } = drawn.state;
  if (!groupId && people.length === 0) {
    const nobody = line`${story.nobodyToCall(role(drawn, roleOf(stage, tier)), role(drawn, 'admins'))}`;
    return messageInShort(drawn, nobody, [says(nobody)]);
  }
  const sentence = story.call[stage](groupId ? [groupMention(groupId)] : byName(drawn, people), number, date(dueAt));
  return messageInShort(drawn, sentence, [says(sentence)]);
}

function byName(drawn: Drawn, people: string[]): Line {
  const called = people
    .slice(0, CALLED)
    .flatMap((person, i): Line => (i > 0 ? [' ', mention(person)] : [mention(person)]));
  return people.length > CALLED ? [...called, wordsOf(drawn).story.andMore(people.length - CALLED)] : called;
}

/** Which stages of a request have nobody now, and until when: in sentences. */
import type { KnownBlock } from '@slack/types';
import { tierAbove } from '../../core/ladders.ts';
import { roleOf } from '../../core/policy.ts';
import { type ExceptionRequest, type InReview, needsTier } from '../../core/request.ts';
import { asPlain, date, type Inline, type Line, line } from '../mrkdwn.ts';
import { says } from './blocks.ts';
import { type Drawn, missedDeadline, nameOf, role, wordsOf } from './drawn.ts';

type Short = NonNullable<ExceptionRequest['staffing']>['short'][number];

/** More names than this are counted. */
const NAMED = 5;

/** What was found missing and is still to come: another stage, or another tier, may have taken its place since. */
export const shortagesOf = (state: ExceptionRequest): Short[] =>
  state.status !== 'in_review'
    ? []
    : (state.staffing?.short ?? []).filter(
        ({ stage, role }) => role === roleOf(stage, state.tier) && (stage === state.stage || stage === 'authorization'),
      );

/** Whether it will be late for want of somebody, and a supervisor could give it to the next tier. */
export const canGoUp = (state: ExceptionRequest): state is InReview =>
  state.status === 'in_review' &&
  state.staffing?.late === true &&
  shortagesOf(state).length > 0 &&
  !needsTier(state) &&
  tierAbove(state.tier) !== null;

/** `Nobody can authorize this now: …` */
export const shortages = (drawn: Drawn): KnownBlock[] =>
  shortagesOf(drawn.state).map((short) => says(sentenceOn(drawn, short, wordsOf(drawn).staffing.this)));

export const sentenceOn = (drawn: Drawn, short: Short, what: string): Line =>
  line`${wordsOf(drawn).staffing.nobody(short.stage, what)} ${whyOf(drawn, short)}`;

function whyOf(drawn: Drawn, { role: which, away, left, until }: Short): Line {
  const { staffing: say } = wordsOf(drawn);
  const who = role(drawn, which);
  const back = until && date(until);
  const [alone] = left;
  if (alone) return left.length === 1 ? say.alone(nameOf(drawn, alone), back) : say.asOne(listed(drawn, left), back);
  const [one] = away;
  if (!one) return say.none(who, back);
  if (back === null) return say.awayForGood(listed(drawn, away), who);
  return away.length === 1
    ? say.oneAway(nameOf(drawn, one), who, back)
    : say.severalAway(listed(drawn, away), who, back);
}

function listed(drawn: Drawn, people: string[]): Line {
  const shown = people.slice(0, NAMED);
  const named = shown.flatMap((person, i): Inline[] => [...(i > 0 ? [', '] : []), nameOf(drawn, person)]);
  return line`${named}${people.length > NAMED ? wordsOf(drawn).story.andMore(people.length - NAMED) : ''}`;
}

/** Whether that will make it late. */
export function outlook(drawn: Drawn): Line {
  const { staffing: say } = wordsOf(drawn);
  const { number, dueAt, staffing } = drawn.state;
  if (missedDeadline(drawn)) return say.isLate(number, date(dueAt));
  return staffing?.late ? say.willBeLate(number, date(dueAt)) : say.inTime(date(dueAt));
}

/** The whole forecast in words for the record: why it is given to the next tier. */
export function forecastText(drawn: Drawn): string {
  const { format, ex } = wordsOf(drawn);
  const sentences = shortagesOf(drawn.state).map((short) => sentenceOn(drawn, short, ex(drawn.state.number)));
  return [...sentences, outlook(drawn)]
    .map((sentence) => asPlain(sentence, (at) => format.time(at, drawn.wiring.zone)))
    .join(' ');
}

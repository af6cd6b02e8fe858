/** How much of the time to decide is left as a modal opens: in working time, where the policy has calendars. */
import type { KnownBlock } from '@slack/types';
import { nextWorking } from '../../core/calendar.ts';
import { openHolds } from '../../core/request.ts';
import { calendarOf, stillSince, timeLeft } from '../../core/sla.ts';
import type { Instant } from '../../core/values.ts';
import { date, type Line } from '../mrkdwn.ts';
import { says } from './blocks.ts';
import { type Drawn, wordsOf } from './drawn.ts';

export const timeToDecide = (drawn: Drawn, now: Instant): KnownBlock[] =>
  drawn.state.status === 'in_review' ? [says(sentence(drawn, now))] : [];

/** What is less of working time may be a whole weekend. */
const MINUTE = 60_000;
const elapsed = (from: Instant, to: Instant): number => Date.parse(to) - Date.parse(from);

function sentence(drawn: Drawn, now: Instant): Line {
  const { state, rules } = drawn;
  const { timeLeft: say } = wordsOf(drawn);
  const calendar = calendarOf(rules, state);
  const working = calendar !== null;
  const since = stillSince(state);
  if (since) {
    const kinds = openHolds(state).flatMap(({ kind, pauses }) => (pauses ? [kind] : []));
    return say.still([...new Set(kinds)], timeLeft(rules, state, since), working);
  }
  const left = timeLeft(rules, state, now);
  if (state.dueAt <= now)
    return -left < MINUTE ? say.passed(elapsed(state.dueAt, now), false) : say.passed(-left, working);
  const next = nextWorking(calendar, now);
  return say.left(left, working, next > now ? date(next) : null);
}

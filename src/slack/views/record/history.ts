/** What happened so far: one line an event, who did it and when. */
import type { KnownBlock } from '@slack/types';
import { type Recorded, SYSTEM } from '../../../core/events.ts';
import { isTold, type Told } from '../../../core/told.ts';
import { date, type Line, line } from '../../mrkdwn.ts';
import { says } from '../blocks.ts';
import { type Drawn, nameFirst, wordsOf } from '../drawn.ts';
import { headlineOf } from '../story.ts';

export const history = (drawn: Drawn, events: Recorded[]): KnownBlock[][] =>
  events.map((event) => [says(line`${date(event.at)}: ${whatHappened(drawn, event)}`)]);

/** One sentence. */
export function whatHappened(drawn: Drawn, event: Recorded): Line {
  return isTold(event) ? alone(headlineOf(event, drawn)) : quietly(drawn, event);
}

/** A sentence that announced what somebody wrote: in a list of what happened, nothing comes after it. */
function alone(sentence: Line): Line {
  const last = sentence.at(-1);
  return typeof last === 'string' && last.endsWith(':')
    ? [...sentence.slice(0, -1), `${last.slice(0, -1)}.`]
    : sentence;
}

/** What the thread does not tell, since the card or the reply itself does. */
function quietly(drawn: Drawn, event: Exclude<Recorded, Told>): Line {
  const { history: say } = wordsOf(drawn).record;
  const by = event.by === SYSTEM ? null : nameFirst(drawn, event.by);
  switch (event.type) {
    case 'submitted':
      return say.submitted(by);
    case 'taken':
      return say.taken(by);
    case 'remark_made':
      return say.remarked(by);
    case 'remark_edited':
      return say.edited(by);
    case 'remark_deleted':
      return say.deleted(by);
    case 'evidence_kept':
      return say.kept(event.name);
    case 'evidence_lost':
      return say.lost(event.name);
    case 'sources_read':
      return say.read(event.readings.map(({ name }) => name));
    case 'effectiveness_due':
      return say.checkDue;
    case 'reminder_due':
      return say.reminded(event.percent);
    case 'staffing_found':
      return event.short.length > 0 ? say.nobodyThere : say.somebodyThere;
    case 'ending_near':
      return say.endingNear(event.until);
    default:
      return event satisfies never;
  }
}

/** What deserves a look, as compliance gets it: a question each, and below it the requests behind it. */
import type { Period } from '../../core/period.ts';
import { daysOf } from '../report/names.ts';
import type { Question } from '../report/observed.ts';
import { wording } from '../wording/index.ts';
import { context, header, says, section } from './blocks.ts';
import type { Message } from './message.ts';

/** Well below what a message may hold, with long names; nobody follows up more in a week. */
const SHOWN = 15;

/** @param zone IANA, of the days that are named */
export function observationsMessage(given: { week: Period; zone: string; questions: Question[] }): Message {
  const { week, zone, questions } = given;
  const { dm } = wording().observations;
  const days = daysOf({ figures: week, zone });
  const left = questions.length - SHOWN;
  return {
    text: dm.sentence(questions.length, days),
    blocks: [
      header(dm.title(days)),
      section(dm.intro),
      ...questions.slice(0, SHOWN).flatMap(({ question, behind }) => [says([question]), context(behind)]),
      ...(left > 0 ? [context(dm.andMore(left))] : []),
    ],
  };
}

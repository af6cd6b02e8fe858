/** After the decision, in modals: conditions, what was done, what was learnt, and what is computed about it. */
import type { KnownBlock, RichTextBlock } from '@slack/types';
import { lengthOf, peopleInvolved, phasesOf } from '../../core/phases.ts';
import { type Closure, type Condition, conditionsOf } from '../../core/request.ts';
import { date, type Line, line, said } from '../mrkdwn.ts';
import { context, header, labelled, says, saysAndQuotes, section } from './blocks.ts';
import { type Drawn, nameOf, wordsOf } from './drawn.ts';
import { endedSentence } from './ending.ts';

/** More names than this are counted. */
const NAMED = 20;

/** Whose it is and by when, or by whom it was met; and what it asks for. */
export function conditionQuote(drawn: Drawn, { id, owner, due, met, text }: Condition): RichTextBlock {
  const { deed, format, names } = wordsOf(drawn);
  const sentence = met
    ? deed.conditionMet(id, nameOf(drawn, met.by), date(met.at))
    : deed.condition(id, nameOf(drawn, owner), format.day(due));
  return saysAndQuotes(sentence, said(text, names.removed));
}

export const conditionQuotes = (drawn: Drawn): RichTextBlock[] =>
  conditionsOf(drawn.state).flatMap((condition) => [conditionQuote(drawn, condition), ...noted(drawn, condition)]);

/** What was written when it was met. */
function noted(drawn: Drawn, { met }: Condition): RichTextBlock[] {
  const { deed, names } = wordsOf(drawn);
  return met?.words ? [saysAndQuotes(deed.conditionNote(nameOf(drawn, met.by)), said(met.words, names.removed))] : [];
}

/** How long each phase that is over took, and who had a part in it. */
export function computed(drawn: Drawn): KnownBlock[] {
  const { deed, digest, story } = wordsOf(drawn);
  const { closeRecord: say } = deed;
  const over = phasesOf(drawn.state).flatMap((phase) => {
    if (phase.to === null) return [];
    return [deed.phase(say.phases[phase.phase], digest.duration(lengthOf(phase, phase.to)))];
  });
  const people = peopleInvolved(drawn.state);
  const named = people.slice(0, NAMED).flatMap((id, i): Line => [...(i > 0 ? [', '] : []), nameOf(drawn, id)]);
  const more = people.length > NAMED ? story.andMore(people.length - NAMED) : '';
  return [...(over.length > 0 ? [context(say.took(over))] : []), context(say.people(line`${named}${more}`))];
}

/** What came after the approval, whole; nothing before anything did. */
export function afterwards(drawn: Drawn): KnownBlock[] {
  const { state } = drawn;
  if (state.status !== 'approved') return [];
  const { deed, names } = wordsOf(drawn);
  const { learnt } = deed;
  const { execution, ended, closure, check } = state;
  const conditions = conditionQuotes(drawn);
  if (!execution && !ended && conditions.length === 0) return [];
  const quote = (sentence: Line, words: Closure['happened']) => saysAndQuotes(sentence, said(words, names.removed));
  const reported = execution && learnt.executed[execution.outcome](nameOf(drawn, execution.by), date(execution.at));
  const checked = check && learnt.checked[check.effective](nameOf(drawn, check.by), date(check.at));
  return [
    header(learnt.title),
    ...(execution && reported ? [quote(reported, execution.words)] : []),
    ...conditions,
    ...(ended
      ? [ended.words ? quote(endedSentence(drawn, state), ended.words) : says(endedSentence(drawn, state))]
      : []),
    ...(closure ? closureBlocks(drawn, closure) : []),
    ...(check && checked ? [quote(checked, check.words)] : []),
    ...(execution || ended ? computed(drawn) : []),
  ];
}

function closureBlocks(drawn: Drawn, closure: Closure): KnownBlock[] {
  const { deed, names, format } = wordsOf(drawn);
  const { learnt } = deed;
  const { action, checkOn } = closure;
  const cause = drawn.rules.causes.find(({ id }) => id === closure.cause)?.name ?? closure.cause;
  return [
    says(learnt.closed(nameOf(drawn, closure.by), date(closure.at))),
    section(learnt.cause(cause)),
    labelled(learnt.happened, said(closure.happened, names.removed)),
    labelled(learnt.fixed, said(closure.fixed, names.removed)),
    ...closure.whys.map((words, i) => labelled(learnt.why(i + 1), said(words, names.removed))),
    ...(action
      ? [
          saysAndQuotes(
            learnt.action(nameOf(drawn, action.owner), format.day(action.due)),
            said(action.words, names.removed),
          ),
        ]
      : []),
    ...(checkOn ? [section(learnt.checkOn(format.day(checkOn)))] : []),
  ];
}

/** Everything about a request: how it stands, what the reader can do about it, and the whole of its record. */
import type { KnownBlock, ModalView } from '@slack/types';
import type { Recorded } from '../../core/events.ts';
import type { Instant } from '../../core/values.ts';
import { encode } from '../carried.ts';
import { ACTION, VIEW } from '../ids.ts';
import { date, line } from '../mrkdwn.ts';
import { actions, button, context, facts, modal, says } from './blocks.ts';
import { afterwards } from './closing.ts';
import { type Drawn, nameOf, refOf, stateLine, subjectOf, unveiled, wordsOf } from './drawn.ts';
import { cardFacts, otherFacts } from './facts.ts';
import { cardLink } from './parts.ts';
import { reviewsInDetails, type ToldReview } from './policyReview.ts';
import { progress } from './progress.ts';
import { type Act, acts, type Can } from './record/acts.ts';
import { conditionEntries } from './record/conditions.ts';
import { decisions } from './record/decisions.ts';
import { edits } from './record/edits.ts';
import { erasures } from './record/erasures.ts';
import { evidence } from './record/evidence.ts';
import { history } from './record/history.ts';
import { holdEntries } from './record/holds.ts';
import { furtherInputs } from './record/inputs.ts';
import { type Part, paged } from './record/pages.ts';
import { type Precedent, precedents } from './record/precedents.ts';
import { drift, snapshotEntries } from './record/sources.ts';
import { standing } from './record/standing.ts';
import { questionEntries, remarkEntries } from './record/talk.ts';
import { wroteInFull } from './record/texts.ts';
import { timeToDecide } from './timeLeft.ts';
import { together } from './weighing.ts';
import { policyText, texts } from './whole.ts';

export type DetailsModel = {
  drawn: Drawn;
  now: Instant;
  can: Can;
  /** What the reader may do by a button of a deed. */
  deeds: Act[];
  /** All that happened, in order. */
  events: Recorded[];
  precedents: Precedent[];
  /** Reviews of the policy that link the request. */
  reviews: ToldReview[];
  /** Which page, from 0. */
  page: number;
  /** Whether pictures are shown: Slack refuses a view with one that it cannot show. */
  pictures: boolean;
};

export function detailsModal(given: DetailsModel): ModalView {
  const model = { ...given, drawn: unveiled(given.drawn) };
  const { drawn } = model;
  const { details } = wordsOf(drawn);
  const pages = paged(head(model), parts(model));
  const at = Math.min(model.page, pages.length - 1);
  return modal({
    callback: VIEW.details,
    title: details.title(drawn.state.number),
    close: details.close,
    metadata: encode(refOf(drawn)),
    blocks: [...(pages[at] ?? []), ...turning(drawn, at, pages.length), ...cardLink(drawn)],
  });
}

function head({ drawn, now, can, deeds }: DetailsModel): KnownBlock[] {
  return [
    says(line`${wordsOf(drawn).ex(drawn.state.number)} ${subjectOf(drawn)}: ${stateLine(drawn)}.`),
    ...timeToDecide(drawn, now),
    ...acts(drawn, can, deeds),
    ...progress(drawn),
    ...standing(drawn, now),
  ];
}

const each = (blocks: KnownBlock[]): KnownBlock[][] => blocks.map((block) => [block]);

function parts({ drawn, events, precedents: earlier, reviews, pictures }: DetailsModel): Part[] {
  const { details, record, request } = wordsOf(drawn);
  const part = (title: string | null, entries: KnownBlock[][]): Part => ({ title, entries });
  return [
    part(null, [
      facts([...cardFacts(drawn), ...otherFacts(drawn)]),
      together(drawn),
      policyText(drawn),
      ...each(texts(drawn)),
    ]),
    part(null, furtherInputs(drawn)),
    part(record.erased, erasures(drawn)),
    part(record.evidence, evidence(drawn, pictures)),
    part(record.decisions, decisions(drawn)),
    part(record.edits, edits(drawn)),
    part(record.holds, holdEntries(drawn)),
    part(request.questions, questionEntries(drawn)),
    part(record.complaints, complaints(drawn)),
    // After an approval they stand with what came of them.
    part(record.conditions, drawn.state.status === 'approved' ? [] : conditionEntries(drawn)),
    part(null, each(afterwards(drawn))),
    part(
      record.sources,
      [drift(drawn), ...snapshotEntries(drawn)].filter(({ length }) => length > 0),
    ),
    part(record.remarks, remarkEntries(drawn)),
    part(record.precedents, precedents(drawn, earlier)),
    part(record.reviews, each(reviewsInDetails(reviews, drawn.locale))),
    part(details.history, history(drawn, events)),
  ];
}

const complaints = (drawn: Drawn): KnownBlock[][] =>
  drawn.state.complaints.map(({ by, at, words }) =>
    wroteInFull(drawn, wordsOf(drawn).record.complained(nameOf(drawn, by), date(at)), words),
  );

function turning(drawn: Drawn, at: number, of: number): KnownBlock[] {
  if (of === 1) return [];
  const { record } = wordsOf(drawn);
  const { number } = drawn.state;
  const turn = (action: string, text: string, p: number) => button(action, text, encode({ v: 1, n: number, p }));
  return [
    context(record.page(at + 1, of)),
    actions(`page-${number}-${at}`, [
      ...(at + 1 < of ? [turn(ACTION.page, record.more, at + 1)] : []),
      ...(at > 0 ? [turn(ACTION.pageBack, record.back, at - 1)] : []),
    ]),
  ];
}

/** Reviews of the policy: the card that each owner has, the modal that closes one, and what its requests say of it. */
import type { KnownBlock, ModalView, TextObject } from '@slack/types';
import { type PolicyReview, REVIEW_OUTCOMES, type ReviewOutcome } from '../../core/policyReview.ts';
import type { Status } from '../../core/request.ts';
import type { Instant, Words } from '../../core/values.ts';
import { encode } from '../carried.ts';
import { ACTION, FIELD, VIEW } from '../ids.ts';
import { LIMIT, truncate } from '../limits.ts';
import { asText, bold, date, type Inline, type Line, line, link, mention, said } from '../mrkdwn.ts';
import { wording } from '../wording/index.ts';
import { actions, button, context, facts, input, modal, plain, says, saysAndQuotes, typedField } from './blocks.ts';
import type { Message } from './message.ts';
import { textBox } from './textBox.ts';

/** One of the requests that a review links. */
type Linked = { number: number; status: Status; confidential: boolean; permalink: string | null };
export type DrawnReview = {
  state: PolicyReview;
  /** What they have in common, as people call it; null where that is not what counts. */
  common: { rule: string | null; category: string | null; customer: string | null };
  /** Milliseconds within which they were asked for. */
  within: number;
  requests: Linked[];
  names: Readonly<Record<string, string>>;
  locale?: string | undefined;
};

/** More requests than this are counted. */
const SHOWN = 20;
const QUOTED = 500;
const CUSTOMER = 200;

const isVeiled = ({ requests }: DrawnReview): boolean => requests.some(({ confidential }) => confidential);
const nameOf = ({ names }: DrawnReview, person: string): Inline => names[person] ?? mention(person);

/** The same for every owner, as it is now. */
export function reviewMessage(drawn: DrawnReview): Message {
  const { state, requests, within, locale } = drawn;
  const { policyReview: say } = wording(locale);
  const { review, closed } = state;
  const headline = closed ? say.closed(review, closed.outcome) : say.opened(review, requests.length, within);
  return {
    text: truncate(asText(closed ? line`${headline}` : line`${headline} ${say.whatNow}`, String), LIMIT.messageText),
    blocks: [
      says(line`${bold(headline)}`),
      ...(isVeiled(drawn) ? [] : facts(inCommon(drawn))),
      requestLine(drawn),
      ...(closed ? ended(drawn, closed) : open(drawn)),
    ],
  };
}

function open(drawn: DrawnReview): KnownBlock[] {
  const { policyReview: say } = wording(drawn.locale);
  const { review } = drawn.state;
  const value = encode({ v: 1, review });
  return [
    ...(isVeiled(drawn) ? [context(say.veiled)] : []),
    says(line`${say.whatNow}`),
    actions(`policy-review-${review}`, [button(ACTION.closeReview, say.button, value, 'primary')]),
    context(say.why),
  ];
}

function ended(drawn: DrawnReview, { by, at, words }: NonNullable<PolicyReview['closed']>): KnownBlock[] {
  const { policyReview: say, names } = wording(drawn.locale);
  const who = nameOf(drawn, by);
  if (isVeiled(drawn)) return [says(say.byWhom(who, date(at))), context(say.veiledClosed)];
  return [saysAndQuotes(say.by(who, date(at)), truncate(said(words, names.removed), QUOTED))];
}

function inCommon({ common, locale }: DrawnReview): TextObject[] {
  const { policyReview: say } = wording(locale);
  return (['rule', 'category', 'customer'] as const).flatMap((what) => {
    const value = common[what];
    return value === null ? [] : [typedField(say[what], truncate(value, CUSTOMER))];
  });
}

function requestLine({ requests, locale }: DrawnReview) {
  const { policyReview: say, ex } = wording(locale);
  const named = requests.slice(0, SHOWN).flatMap(({ number, status, confidential, permalink }, i): Line => {
    const name: Inline = permalink ? link(permalink, ex(number)) : ex(number);
    const state = confidential ? say.confidentialRequest : say.request(status);
    return [i > 0 ? ', ' : ' ', name, state];
  });
  const rest = requests.length - SHOWN;
  return says(line`${say.requests}${named}${rest > 0 ? say.andMore(rest) : ''}`);
}

/** @param whole whether the reader may see what confidential ones have in common with the others */
export function closeReviewModal(drawn: DrawnReview, whole: boolean): ModalView {
  const { policyReview, policyReview: say } = wording(drawn.locale);
  const { modal: own } = policyReview;
  const { common, state } = drawn;
  // Which rule it is about cannot be kept from whoever looks after it.
  const shown = whole || !isVeiled(drawn) ? drawn : { ...drawn, common: { ...common, customer: null, category: null } };
  return modal({
    callback: VIEW.closeReview,
    title: own.title,
    submit: own.submit,
    close: own.close,
    metadata: encode({ v: 1, review: state.review }),
    blocks: [
      says(line`${say.opened(state.review, drawn.requests.length, drawn.within)}`),
      ...facts(inCommon(shown)),
      requestLine(drawn),
      input({
        block_id: FIELD.outcome,
        label: own.outcome,
        optional: false,
        element: {
          type: 'radio_buttons',
          action_id: FIELD.outcome,
          options: REVIEW_OUTCOMES.map((value) => ({ value, text: plain(own.outcomes[value], LIMIT.optionText) })),
        },
      }),
      textBox({ id: FIELD.reason, label: own.words, hint: own.hint }),
    ],
  });
}

/** A review that links a request, as its details tell it. */
export type ToldReview = {
  review: number;
  openedAt: Instant;
  closed: { at: Instant; outcome: ReviewOutcome; words: Words } | null;
};

/** In a modal: what those who may read the request may know of its reviews. */
export const reviewsInDetails = (reviews: ToldReview[], locale?: string): KnownBlock[] =>
  reviews.map(({ review, openedAt, closed }) => {
    const { policyReview, names } = wording(locale);
    const { inDetails: say } = policyReview;
    if (!closed) return says(say.opened(review, date(openedAt)));
    const sentence = say.closed(review, closed.outcome, date(closed.at));
    return saysAndQuotes(sentence, truncate(said(closed.words, names.removed), LIMIT.sectionText));
  });

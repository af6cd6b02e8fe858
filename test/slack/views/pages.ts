/** The details of a request as its reader leafs through them. */
import type { ModalView } from '@slack/types';
import { type DetailsModel, detailsModal } from '../../../src/slack/views/details.ts';
import type { Drawn } from '../../../src/slack/views/drawn.ts';
import { type Can, NOTHING } from '../../../src/slack/views/record/acts.ts';
import { hour } from '../../support/cast.ts';
import { buttons, read } from './support.ts';

export const ALL_CAN: Can = {
  ...{ approve: true, reject: true, requestInfo: true, withdraw: true, answer: 1 },
  ...{ change: true, askAgain: true, renew: true },
};

export const detailsOf = (drawn: Drawn, over: Partial<DetailsModel> = {}): ModalView =>
  detailsModal({
    ...{ drawn, now: hour(3), can: NOTHING, deeds: [], events: [], precedents: [], reviews: [] },
    ...{ page: 0, pictures: false, ...over },
  });

/** Every page of it. */
export function pagesOf(drawn: Drawn, over: Partial<DetailsModel> = {}): ModalView[] {
  const pages: ModalView[] = [];
  for (let page = 0; ; page++) {
    const view = detailsOf(drawn, { ...over, page });
    pages.push(view);
    if (!buttons(view).includes('Show more')) return pages;
  }
}

export const readAll = (drawn: Drawn, over: Partial<DetailsModel> = {}): string =>
  pagesOf(drawn, over).map(read).join('\n');

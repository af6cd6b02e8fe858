/** What people do about a request by a button: what the button and its form say. */
import { askingDeeds } from './deeds/asking.ts';
import { chasingDeeds } from './deeds/chasing.ts';
import { closingDeeds } from './deeds/closing.ts';
import { endingDeeds } from './deeds/ending.ts';
import { erasingDeeds } from './deeds/erasing.ts';
import { holdDeeds } from './deeds/holds.ts';
import { reroutingDeeds } from './deeds/rerouting.ts';
import { reviewDeeds } from './deeds/review.ts';
import { talkDeeds } from './deeds/talk.ts';

export const deed = {
  close: 'Not now',
  ...askingDeeds,
  ...holdDeeds,
  ...chasingDeeds,
  ...closingDeeds,
  ...endingDeeds,
  ...erasingDeeds,
  ...reviewDeeds,
  ...reroutingDeeds,
  ...talkDeeds,
};

import type { TourStep } from '../sandbox/index.ts';

/** One exception from asking to authorizing, by three people. */
export const TOUR: TourStep[] = [
  {
    title: 'Ask, as an employee',
    text: 'You are Nina, an account manager. Send /exception, choose Refund window, ask for 40 days, fill in the rest as you like (a value up to 10,000) and send the request. You are told at once where it went.',
    ...{ as: 'nina', at: 'app', draft: '/exception', highlight: 'composer' },
  },
  {
    title: 'Confirm, as operations',
    text: 'Now you are Olga. Find your request in the channel, the newest card at the bottom, press Approve and say what you checked. Then press Approve once more: the bot refuses, since two different people must agree.',
    ...{ as: 'olga', at: 'exceptions-manager', highlight: 'messages' },
  },
  {
    title: 'Authorize, as a manager',
    text: 'As Mara, a manager, press Approve on the same card. Nina is told the outcome. Afterwards move the clock past a deadline, or look inside and see every event with its hash.',
    ...{ as: 'mara', at: 'exceptions-manager', highlight: 'messages' },
  },
];

/** What is on the table when somebody opens the demo, and what was decided in the last two days. */
import {
  acknowledges,
  answers,
  approves,
  type Case,
  carriesOut,
  closes,
  nudges,
  questions,
  rejects,
  remarks,
} from './case.ts';

export const CURRENT: readonly Case[] = [
  {
    ...{ at: [-3, 'Wed', '15:00'], by: 'elif', rule: 'data-retention', asks: 20, value: 0, customer: 'Fjord Outdoor' },
    why: 'Their warranty department wants the serial numbers of the stoves to be kept.',
    impact: 'Eighteen more days of serial numbers, without names.',
    steps: [
      questions('omar', 2, 'Which of the three lists do they mean?'),
      acknowledges('bea', 46.5, 'sla_imminent'),
      acknowledges('bea', 49, 'sla_breached'),
    ],
  },
  {
    ...{ at: { hoursAgo: 66 }, by: 'tom', rule: 'refund-window', asks: 33, value: 460, customer: 'Marlow & Finch' },
    why: 'The parcel lay at their neighbour for a week, so the window closed before they opened it.',
    impact: '460, and the lamps are still in the box.',
    steps: [
      approves('olga', 3, 'The carrier confirms the neighbour.'),
      approves('lena', 8, 'Not their fault. Refund it.'),
      carriesOut('olga', 22, '460 refunded.'),
      closes('olga', 24, {
        ...{ cause: 'other-cause', happened: 'The parcel lay at a neighbour.', fixed: 'Refunded.' },
        action: { says: 'Have the carrier leave a card for the customer.', owner: 'nina', inDays: 20 },
        checkInDays: 40,
      }),
    ],
  },
  {
    ...{ at: { hoursAgo: 60 }, by: 'elif', rule: 'discount', asks: 15.5, value: 36500, customer: 'Hansa Yachts' },
    ...{ category: 'new-business', severity: 'major', evidence: 'https://crm.harbour.example/offers/2307' },
    why: 'Hansa equips its charter fleet and has an offer of a rival at 15 percent on the table.',
    impact: '36,500 now and spare parts for years. Margin 10 percent.',
    steps: [
      questions('omar', 3, 'Is the rival’s offer for the same quality of canvas?'),
      answers('elif', 6, 'Yes, 420 grams, I have the data sheet here and attached it to the offer.'),
      approves('omar', 8, 'Data sheets compared; the offer is real.'),
      remarks('olga', 50, 'Hansa called again: the rival’s offer ends on the last of the month.'),
    ],
  },
  {
    ...{ at: { hoursAgo: 52 }, by: 'nina', rule: 'discount', asks: 12.5, value: 6800, customer: 'Petit Port' },
    why: 'They take the whole remaining stock of fish trays.',
    impact: 'Margin 12 percent, and the hall is free for the new line.',
    steps: [
      approves('olga', 4, 'Stock is as stated.'),
      rejects('matt', 19, 'The trays are in the spring catalogue at full price. Keep them.'),
    ],
  },
  {
    ...{ at: { hoursAgo: 47 }, by: 'tom', rule: 'payment-terms', asks: 38, value: 27300, customer: 'Kranz Logistics' },
    ...{ severity: 'major' },
    why: 'Kranz merges with its sister company; both accounts are closed for eight days.',
    impact: '27,300 come eight days later. This is the third time they ask.',
    steps: [
      approves('omar', 20, 'The merger is in the commercial register.'),
      acknowledges('bea', 46.4, 'sla_imminent'),
      remarks('bea', 46.6, 'It is the third time this quarter; see the policy review before you decide.'),
    ],
  },
  {
    ...{ at: { hoursAgo: 31 }, by: 'nina', rule: 'sla-credit', asks: 17, value: 720, customer: 'Ostsee Catering' },
    ...{ category: 'service-failure', urgent: true },
    why: 'Again the wrong pier, this time only an hour. I promised them 17 percent.',
    impact: '720. They have started to ask other wholesalers.',
    steps: [
      acknowledges('evan', 22.6, 'sla_imminent'),
      approves('olga', 23.5, 'Tour sheet shows the wrong pier.'),
      nudges('bea', 24.6, 'sla_breached'),
    ],
  },
  {
    ...{ at: { hoursAgo: 28 }, by: 'elif', rule: 'refund-window', asks: 34, value: 150, customer: 'Verdi Trattorie' },
    why: 'Six carafes arrived with the wrong engraving.',
    impact: '150; we cannot sell them to anybody else.',
    steps: [
      approves('omar', 1, 'The engraving is wrong, we mixed up two orders.'),
      approves('liam', 2, 'Our mistake, refund it.'),
    ],
  },
  {
    ...{ at: { hoursAgo: 26 }, by: 'tom', rule: 'data-retention', asks: 35, value: 0, customer: 'Brightwater Schools' },
    category: 'legal-obligation',
    why: 'The county audits its suppliers and wants to see the menus of two closed schools.',
    impact: 'We would keep names of kitchen staff for five more months.',
    steps: [questions('olga', 3, 'Can the names be blacked out before we keep the menus?')],
  },
  {
    ...{ at: { hoursAgo: 20 }, by: 'nina', rule: 'payment-terms', asks: 39, value: 14900, customer: 'Weber Kliniken' },
    why: 'The clinic’s budget for the quarter is released on the ninth, nine days after our term.',
    impact: '14,900 come nine days later, certain to come.',
    steps: [approves('olga', 2.5, 'The date of the release is confirmed by their purchasing.')],
  },
  {
    ...{ at: { hoursAgo: 6 }, by: 'elif', rule: 'discount', asks: 11.5, value: 3300, customer: 'Blue Heron Cafés' },
    why: 'They open a fifth café and order everything from us if we add a point and a half.',
    impact: 'It costs 50 on this order.',
    steps: [approves('omar', 1.2, 'The order is in the system, figures agree.')],
  },
  {
    ...{ at: { hoursAgo: 3 }, by: 'tom', rule: 'refund-window', asks: 35, value: 890, customer: 'Quayside Markets' },
    why: 'The market was flooded, and the crates could not be sent back in time.',
    impact: '890, the crates are clean and dry.',
    steps: [],
  },
  {
    ...{ at: { hoursAgo: 1.2 }, by: 'nina', rule: 'vendor-approval', asks: 60, value: 16400, category: 'internal' },
    ...{ severity: 'critical', urgent: true },
    why: 'Our carrier for Denmark stopped working this morning. Fynbo could drive from tomorrow on.',
    impact: 'Eleven customers wait for goods; two of them have penalties in their contracts.',
    steps: [],
  },
];

/** Exceptions that are good for a time: one has ended, one was revoked, one ends soon, one was renewed. */
import { approves, approvesIf, type Case, carriesOut, revokes } from './case.ts';

export const TIMED: readonly Case[] = [
  {
    ...{
      at: [-4, 'Mon', '09:20'],
      by: 'tom',
      rule: 'payment-terms',
      asks: 35,
      value: 5400,
      customer: 'Isar Outfitters',
    },
    why: 'Isar Outfitters move to a new bank this month and ask for five days more on their invoices.',
    impact: '5,400 come five days later, for a few weeks.',
    steps: [
      approves('olga', 2, 'The move is announced on their letterhead.'),
      approvesIf('liam', 5, { says: 'For the move only: two weeks.', goodForDays: 14 }),
      carriesOut('olga', 24, 'Due after 35 days until the date given.'),
    ],
  },
  {
    ...{ at: [-3, 'Mon', '14:10'], by: 'elif', rule: 'discount', asks: 13, value: 8200, customer: 'Mistral Boutiques' },
    why: 'They order for all five shops if every order gets 13 percent this autumn.',
    impact: 'Five orders of about 8,200.',
    steps: [
      approves('omar', 3, 'Five orders are announced in writing.'),
      approvesIf('mara', 6, { says: 'As long as all five come.', goodForDays: 60 }),
      carriesOut('omar', 25, 'The discount is in the price list of the customer.'),
      revokes('mara', 190, 'Only two of the five shops ordered, so the reason is gone.'),
    ],
  },
  {
    ...{ at: [-4, 'Tue', '11:00'], by: 'nina', rule: 'sla-credit', asks: 18, value: 600, customer: 'Elbe Kanuverleih' },
    why: 'Deliveries to the boathouse are late as long as the bridge is closed; each is to be credited a little more.',
    impact: 'About 600 in all.',
    steps: [
      approves('olga', 3, 'The bridge is closed, the city says so.'),
      approvesIf('mara', 6, { says: 'While the bridge is closed.', goodForDays: 40 }),
      carriesOut('olga', 26, 'The credit is set in billing.'),
    ],
  },
  {
    ...{
      at: [-5, 'Wed', '10:10'],
      by: 'tom',
      rule: 'refund-window',
      asks: 32,
      value: 240,
      customer: 'Alster Kiosks',
    },
    why: 'Their stores close on two days a week in October, so returns take two days longer.',
    impact: 'A few returns, 240 in all.',
    steps: [
      approves('omar', 2, 'The closing days are on their website.'),
      approvesIf('lena', 4, { says: 'Until they open daily again.', goodForDays: 15 }),
      carriesOut('omar', 22, 'Returns are accepted two days longer.'),
    ],
  },
  {
    ...{ at: { hoursAgo: 8 }, by: 'tom', rule: 'refund-window', asks: 32, value: 240, customer: 'Alster Kiosks' },
    renews: true,
    why: 'They go on closing on two days a week until spring.',
    impact: 'A few returns, 240 in all.',
    steps: [approves('omar', 3, 'The closing days are on their website, until March now.')],
  },
];

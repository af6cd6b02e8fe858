/** The first week of the demo's past: all of it closed long ago. */
import { answers, approves, type Case, carriesOut, closes, looksAfterwards, questions, rejects } from './case.ts';

export const FIRST: readonly Case[] = [
  {
    ...{
      at: [-5, 'Mon', '10:12'],
      by: 'nina',
      rule: 'refund-window',
      asks: 34,
      value: 640,
      customer: 'Blue Heron Cafés',
    },
    why: 'The espresso cups came while the café in Husum was closed for repairs and were unpacked four days late.',
    impact: 'Without the refund they move their crockery orders to a rival; that is about 9,000 a year.',
    steps: [
      approves('olga', 1.4, 'The delivery note and the closing notice of the café are on file.'),
      approves('lena', 4.2, 'Four days, a good customer, and the goods come back unused.'),
      carriesOut('olga', 52, '640 refunded, the cups are back in the warehouse.'),
      closes('olga', 53, {
        cause: 'customer-situation',
        happened: 'The café was closed for repairs when the cups came.',
        fixed: 'Refunded against the goods.',
      }),
    ],
  },
  {
    ...{
      at: [-5, 'Tue', '09:05'],
      by: 'tom',
      rule: 'payment-terms',
      asks: 40,
      value: 18400,
      customer: 'Kranz Logistics',
    },
    why: 'Kranz changes its bank this month and asks for ten more days on the autumn invoices.',
    impact: 'Cash comes ten days later, once. Kranz has paid on time for six years.',
    steps: [
      approves('omar', 3, 'Invoices and amounts are as stated; nothing of theirs is overdue.'),
      approves('mara', 21, 'A one-off with a clear reason. Next time they tell us before the invoice goes out.'),
      carriesOut('omar', 22, 'The term of the three autumn invoices is 40 days now.'),
      closes('omar', 23, {
        cause: 'customer-situation',
        happened: 'Kranz changed its bank in the middle of the month.',
        fixed: 'Three invoices with a longer term; the master data stay as they are.',
      }),
    ],
  },
  {
    ...{ at: [-5, 'Tue', '15:40'], by: 'elif', rule: 'discount', asks: 15, value: 42000, customer: 'Lumen Hotels' },
    ...{ category: 'new-business', evidence: 'https://crm.harbour.example/offers/2231' },
    why: 'Lumen opens four houses in spring and compares two offers. With 15 percent we win the linen for all four.',
    impact: 'Margin falls to 11 percent in the first year; the renewal is at list price less 8.',
    steps: [
      questions('olga', 2, 'Is the renewal price written into the contract, or only promised?'),
      answers('elif', 5.5, 'It is in clause 7 of the draft that their lawyer returned today.'),
      approves('olga', 18, 'Clause 7 checked. The figures agree with the calculation of controlling.'),
      approves('erin', 44, 'New houses are rare this year, and the renewal price is fixed. Agreed.'),
      carriesOut('olga', 70, 'The offer went out at 15 percent, with the renewal price in clause 7.'),
      closes('olga', 95, {
        cause: 'policy-unfit',
        happened: 'Opening several houses at once is not what the discount rule was made for.',
        fixed: 'Signed at 15 percent for the first year.',
        action: { says: 'Propose a rule for offers to several houses at once.', owner: 'erin', inDays: 30 },
      }),
    ],
  },
  {
    ...{ at: [-5, 'Wed', '11:20'], by: 'tom', rule: 'sla-credit', asks: 17, value: 380, customer: 'Quayside Markets' },
    ...{ category: 'service-failure' },
    why: 'The cold chain report was two days late twice in a month; the contract stops at 15 percent.',
    impact: 'Two points more cost 45. They have asked for nothing else.',
    steps: [
      approves('omar', 0.8, 'Both delays are in the log.'),
      approves('liam', 2.1, 'We were late twice. This is fair.'),
      carriesOut('omar', 4, 'Credited with the next invoice.'),
      closes('omar', 5, {
        cause: 'our-mistake',
        happened: 'The cold chain report was two days late twice.',
        fixed: '17 percent credited.',
        whys: ['The report waited for a signature.', 'Whoever signs was on holiday, and nobody stood in.'],
        action: { says: 'Name somebody who signs when Ida is away.', owner: 'omar', inDays: 7 },
        checkInDays: 8,
      }),
      looksAfterwards('omar', 310, { effective: 'yes', says: 'Every report since then was in time.' }),
    ],
  },
  {
    ...{ at: [-5, 'Thu', '14:02'], by: 'nina', rule: 'discount', asks: 16, value: 5200, customer: 'Mistral Boutiques' },
    why: 'Mistral wants to clear our slow shelf of scented candles if we go to 16 percent.',
    impact: 'It frees two pallets; the margin on candles is thin already.',
    steps: [
      approves('olga', 5, 'Stock and price list are as stated.'),
      rejects('evan', 20, 'We sell these at 12 percent elsewhere every week. Offer that.'),
    ],
  },
  {
    ...{ at: [-5, 'Fri', '08:50'], by: 'elif', rule: 'vendor-approval', asks: 15, value: 1900, category: 'internal' },
    why: 'The label printer in hall 2 broke down. The only firm that can come today is not on the vendor list.',
    impact: 'Hall 2 ships nothing without labels, about 140 parcels a day.',
    steps: [
      approves('omar', 0.4, 'No listed vendor can come before Monday, I called all three.'),
      approves('lena', 0.9, 'Go ahead, and put them through vendor approval afterwards.'),
      carriesOut('omar', 30, 'The printer runs again. Vendor approval is under way.'),
      closes('omar', 75, {
        cause: 'supplier',
        happened: 'The label printer broke down and no listed vendor had time.',
        fixed: 'Repaired by a firm that has applied for approval since.',
      }),
    ],
  },
];

/** The last weeks of the demo's past: decided, some of it late. */
import { acknowledges, approves, type Case, nudges, rejects, stepsAside, withdraws } from './case.ts';

export const LATER: readonly Case[] = [
  {
    ...{ at: [-3, 'Wed', '10:20'], by: 'elif', rule: 'vendor-approval', asks: 25, value: 12600, category: 'internal' },
    why: 'The approved crate supplier cannot deliver before Christmas. Holzmann can, at the same price.',
    impact: 'Without crates we ship loose and break more; last year that cost us 8,000.',
    steps: [
      approves('omar', 7, 'Price and delivery date confirmed by e-mail.'),
      rejects('matt', 30, 'Procurement found two approved suppliers with stock. Order there.'),
    ],
  },
  {
    ...{ at: [-3, 'Thu', '13:15'], by: 'nina', rule: 'refund-window', asks: 36, value: 1180, customer: 'Hansa Yachts' },
    why: 'The deck chairs were on a boat at sea; they could not return them earlier.',
    impact: 'A customer of twelve years. The chairs sell again in April.',
    steps: [
      approves('olga', 3, 'The chairs are unused, photographs on file.'),
      approves('mara', 22, 'At sea is a good reason.'),
    ],
  },
  {
    ...{
      at: [-3, 'Tue', '11:05'],
      by: 'tom',
      rule: 'payment-terms',
      asks: 40,
      value: 22100,
      customer: 'Kranz Logistics',
    },
    why: 'Kranz asks once more for ten days, now for the winter invoices.',
    impact: '22,100 come ten days later. It is the second time this autumn.',
    steps: [
      acknowledges('bea', 46.4, 'sla_imminent'),
      approves('omar', 46.9, 'Nothing overdue. The reason given is the same as last time.'),
      acknowledges('bea', 48.3, 'sla_breached'),
      rejects('mara', 49.1, 'The bank was changed weeks ago. They can pay within 30 days now.'),
    ],
  },
  {
    ...{ at: [-2, 'Mon', '09:10'], by: 'elif', rule: 'discount', asks: 11.5, value: 2400, customer: 'Verdi Trattorie' },
    why: 'They take the last 300 of the old pizza plates if we go to 11.5 percent.',
    impact: 'The shelf is free for the new series.',
    steps: [approves('olga', 2.2, 'Stock checked: 312 left.'), approves('liam', 6, 'Yes, clear the shelf.')],
  },
  {
    ...{ at: [-2, 'Mon', '14:45'], by: 'tom', rule: 'sla-credit', asks: 25, value: 5600, customer: 'Weber Kliniken' },
    ...{ category: 'service-failure', severity: 'critical', urgent: true },
    why: 'Three pallets of gloves came a day late, and two operations had to be moved.',
    impact: 'The clinic asks for 25 percent and says openly that the contract depends on it.',
    steps: [
      approves('omar', 0.6, 'The delay and its cause, our reloading in Kiel, are documented.'),
      approves('erin', 3.4, 'Patients were affected. Pay it, and show me what changes in Kiel.'),
    ],
  },
  {
    ...{
      at: [-2, 'Tue', '11:35'],
      by: 'nina',
      rule: 'refund-window',
      asks: 33,
      value: 95,
      customer: 'Blue Heron Cafés',
    },
    ...{ happened: true },
    why: 'I credited three broken jugs on the phone and saw the date only afterwards.',
    impact: '95, already credited.',
    steps: [
      approves('olga', 2, 'Credit note found. The date was three days over.'),
      approves('lena', 4, 'Fine. Please look at the date first next time.'),
    ],
  },
  {
    ...{ at: [-2, 'Wed', '10:05'], by: 'elif', rule: 'discount', asks: 14, value: 118000, customer: 'Lumen Hotels' },
    ...{ category: 'new-business', severity: 'major', evidence: 'https://crm.harbour.example/offers/2290' },
    why: 'Lumen adds the restaurants of all four houses and asks for 14 percent on the whole.',
    impact: '118,000 in the first year; margin 13 percent, controlling has checked it.',
    steps: [
      approves('olga', 8, 'Calculation of controlling attached, sums agree.'),
      approves('evan', 50, 'Good business at 13 percent.'),
    ],
  },
  {
    ...{
      at: [-2, 'Thu', '09:25'],
      by: 'tom',
      rule: 'data-retention',
      asks: 10,
      value: 0,
      customer: 'Quayside Markets',
    },
    ...{ category: 'legal-obligation' },
    why: 'Their tax adviser asks us to keep the invoices of the closed stall until the audit is over.',
    impact: 'Nine more days than the policy allows.',
    steps: [
      approves('omar', 1, 'The letter of the adviser is there.'),
      approves('liam', 2.5, 'Nine days for an audit is reasonable.'),
    ],
  },
  {
    ...{
      at: [-2, 'Fri', '12:00'],
      by: 'nina',
      rule: 'payment-terms',
      asks: 33,
      value: 4100,
      customer: 'Stein Apotheken',
    },
    why: 'Three days more, so that the invoice falls into their new month.',
    impact: 'None that I can see.',
    steps: [withdraws('nina', 0.5, 'They pay by direct debit from now on, so it is not needed.')],
  },
  {
    ...{ at: [-1, 'Mon', '10:50'], by: 'tom', rule: 'discount', asks: 13, value: 15700, customer: 'Cardinal Bakeries' },
    why: 'They double the order of flour bins and want the rate of their purchasing group.',
    impact: 'Margin 14 percent on 15,700.',
    steps: [
      approves('olga', 3, 'The group rate is real, I called them.'),
      approves('mara', 7.5, 'Doubling the order is worth a point.'),
    ],
  },
  {
    ...{ at: [-1, 'Tue', '08:55'], by: 'elif', rule: 'refund-window', asks: 35, value: 830, customer: 'Fjord Outdoor' },
    why: 'The returned stoves were stuck in customs for eleven days.',
    impact: '830, and the stoves are as new.',
    steps: [
      acknowledges('evan', 22.4, 'sla_imminent'),
      approves('omar', 22.8, 'Customs papers are attached.'),
      acknowledges('bea', 24.2, 'sla_breached'),
      nudges('bea', 24.3, 'sla_breached'),
      approves('liam', 25, 'Sorry for the delay. Customs is nobody’s fault here.'),
    ],
  },
  {
    ...{ at: [-1, 'Tue', '13:20'], by: 'nina', rule: 'vendor-approval', asks: 55, value: 8900, category: 'internal' },
    ...{ severity: 'major' },
    why: 'The gate of the cold store is stuck half open. The maker went out of business; Polar can repair it tonight.',
    impact: 'Goods for 200,000 are in there. Every hour costs ice.',
    steps: [
      approves('bea', 0.3, 'I stand in front of it. It is as bad as it sounds.'),
      approves('erin', 0.9, 'Go. Procurement gets the papers tomorrow.'),
    ],
  },
  {
    ...{ at: [-1, 'Wed', '09:40'], by: 'tom', rule: 'sla-credit', asks: 16.5, value: 260, customer: 'Tanaka Foods' },
    ...{ category: 'service-failure' },
    why: 'Two labels in Japanese were wrong, and they relabelled 80 boxes themselves.',
    impact: 'They ask for the hours of one clerk.',
    steps: [approves('omar', 1.5, 'Eighty boxes, confirmed.'), approves('lena', 3, 'Cheap for what they did.')],
  },
  {
    ...{ at: [-1, 'Thu', '10:10'], by: 'elif', for: 'tom', rule: 'payment-terms', asks: 42, value: 9300 },
    ...{ customer: 'Mistral Boutiques' },
    why: 'Tom is on a train: Mistral opens a shop and needs twelve more days for the first delivery.',
    impact: 'A new shop that will order every month.',
    steps: [
      approves('olga', 2.6, 'Opening and first delivery are on the same day, as stated.'),
      stepsAside('mara', 4),
      approves('matt', 15, 'A new shop deserves a start.'),
    ],
  },
];

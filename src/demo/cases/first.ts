/** The first weeks of the demo's past: all of it decided long ago. */
import { answers, approves, type Case, questions, rejects, withdraws } from './case.ts';

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
    ],
  },
  {
    ...{
      at: [-4, 'Mon', '09:30'],
      by: 'nina',
      rule: 'refund-window',
      asks: 52,
      value: 2750,
      customer: 'Weber Kliniken',
    },
    ...{ severity: 'major' },
    why: 'The clinic found the wrong mattress covers only when the new ward was opened.',
    impact: 'They would return 110 covers, all sealed. Refusing costs the framework contract in January.',
    steps: [
      approves('olga', 4, 'Seals are intact on the photographs; the batch is still sold.'),
      approves('erin', 27, 'Sealed goods and a framework contract: yes.'),
    ],
  },
  {
    ...{
      at: [-4, 'Mon', '16:15'],
      by: 'tom',
      rule: 'payment-terms',
      asks: 35,
      value: 7300,
      customer: 'Marlow & Finch',
    },
    why: 'Their bookkeeper is ill until the end of the month, and nobody else may release payments.',
    impact: 'Five days on one invoice.',
    steps: [
      approves('olga', 16, 'Confirmed by their managing director on the phone.'),
      approves('liam', 17.5, 'Five days do not hurt us.'),
    ],
  },
  {
    ...{ at: [-4, 'Tue', '10:44'], by: 'elif', rule: 'discount', asks: 12, value: 9800, customer: 'Cardinal Bakeries' },
    why: 'They order flour bins for eleven shops at once and ask for two points more.',
    impact: 'The order is 9,800; at 12 percent we still earn 17.',
    steps: [approves('omar', 2.5, 'Eleven shops, quantities checked.'), approves('matt', 9, 'Volume justifies it.')],
  },
  {
    ...{ at: [-4, 'Wed', '13:30'], by: 'tom', rule: 'data-retention', asks: 30, value: 0, customer: 'Petit Port' },
    ...{ category: 'legal-obligation', severity: 'major' },
    why: 'Their former landlord sues, and the court may ask for the delivery records of the old address.',
    impact: 'We keep records of one address for six more months; nobody but legal can read them.',
    steps: [
      questions('olga', 1.5, 'Which records exactly, and until which day?'),
      answers('tom', 3, 'Delivery notes of the Bremen address, until the hearing at the end of May.'),
      approves('olga', 4, 'Limited to one address and a date.'),
      approves('mara', 26, 'Legal asked for it in writing. Kept apart, deleted after the hearing.'),
    ],
  },
  {
    ...{ at: [-4, 'Thu', '11:11'], by: 'nina', rule: 'sla-credit', asks: 20, value: 1450, customer: 'Ostsee Catering' },
    ...{ category: 'service-failure', severity: 'major', urgent: true },
    why: 'We delivered to the wrong pier on the day of their biggest regatta.',
    impact: 'They paid 1,900 for a courier themselves. The credit settles the matter.',
    steps: [
      approves('omar', 0.5, 'Tour sheet shows our mistake.'),
      approves('mara', 1.3, 'Our fault entirely. Please also call them.'),
    ],
  },
  {
    ...{ at: [-4, 'Fri', '15:05'], by: 'elif', rule: 'refund-window', asks: 33, value: 210, customer: 'Fjord Outdoor' },
    why: 'Three days over the window, because our returns page was down that week.',
    impact: 'One tent, unused.',
    steps: [withdraws('elif', 1.2, 'The customer keeps the tent after all.')],
  },
  {
    ...{
      at: [-3, 'Mon', '08:40'],
      by: 'tom',
      rule: 'payment-terms',
      asks: 60,
      value: 61000,
      customer: 'Brightwater Schools',
    },
    ...{ severity: 'major', evidence: 'https://crm.harbour.example/letters/887' },
    why: 'The county pays its schools quarterly from this year on, so 30 days cannot be met.',
    impact: '61,000 wait 60 days instead of 30. The county has never defaulted.',
    steps: [
      approves('olga', 6, 'The letter of the county is attached; amounts are right.'),
      questions('erin', 25, 'Does this end with the school year or is it for good?'),
      answers('tom', 28, 'For this school year. In summer we agree on advance payments.'),
      approves('erin', 46, 'Until summer, then advance payments as said.'),
    ],
  },
  {
    ...{ at: [-3, 'Tue', '09:55'], by: 'nina', rule: 'discount', asks: 11, value: 3100, customer: 'Stein Apotheken' },
    why: 'One more point closes the order for the winter teas today.',
    impact: 'It costs 31.',
    steps: [approves('olga', 0.7, 'Offer and price list checked.'), approves('lena', 1.1, 'Fine for 31.')],
  },
];

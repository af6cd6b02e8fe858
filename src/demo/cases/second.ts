/** More of the first weeks of the demo's past, closed long ago or withdrawn. */
import { answers, approves, type Case, carriesOut, closes, questions, withdraws } from './case.ts';

export const SECOND: readonly Case[] = [
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
      carriesOut('olga', 75, '110 covers are back, 2,750 refunded.'),
      closes('olga', 76, {
        cause: 'customer-situation',
        happened: 'The clinic opened the boxes only when the ward was opened.',
        fixed: 'Refunded; the covers are in stock again.',
      }),
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
      carriesOut('olga', 18, 'The invoice is due on the fifth.'),
      closes('olga', 140, {
        cause: 'customer-situation',
        happened: 'Their bookkeeper was ill.',
        fixed: 'Paid after 34 days.',
      }),
    ],
  },
  {
    ...{ at: [-4, 'Tue', '10:44'], by: 'elif', rule: 'discount', asks: 12, value: 9800, customer: 'Cardinal Bakeries' },
    why: 'They order flour bins for eleven shops at once and ask for two points more.',
    impact: 'The order is 9,800; at 12 percent we still earn 17.',
    steps: [
      approves('omar', 2.5, 'Eleven shops, quantities checked.'),
      approves('matt', 9, 'Volume justifies it.'),
      carriesOut('omar', 26, 'Invoiced at 12 percent.'),
      closes('omar', 27, {
        cause: 'policy-unfit',
        happened: 'An order for eleven shops at once.',
        fixed: 'Invoiced at 12 percent.',
      }),
    ],
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
      carriesOut('omar', 48, 'The records are in the archive of legal, with a date of deletion.'),
      closes('omar', 49, {
        cause: 'other-cause',
        happened: 'A lawsuit about the old address.',
        fixed: 'Kept until the end of May, readable for legal alone.',
      }),
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
      carriesOut('olga', 24, 'Credited, and I called them.'),
      closes('olga', 25, {
        cause: 'our-mistake',
        happened: 'We delivered to the wrong pier.',
        fixed: '20 percent credited.',
        whys: ['The driver went by the address of last year.', 'Regattas move, our master data do not.'],
        action: { says: 'Ask for the pier on every order of a regatta.', owner: 'nina', inDays: 10 },
        checkInDays: 12,
      }),
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
      carriesOut('omar', 70, 'Their term is 60 days until the end of July.'),
      closes('omar', 71, {
        cause: 'customer-situation',
        happened: 'The county pays its schools quarterly.',
        fixed: '60 days until July, advance payments agreed from August on.',
      }),
    ],
  },
  {
    ...{ at: [-3, 'Tue', '09:55'], by: 'nina', rule: 'discount', asks: 11, value: 3100, customer: 'Stein Apotheken' },
    why: 'One more point closes the order for the winter teas today.',
    impact: 'It costs 31.',
    steps: [
      approves('olga', 0.7, 'Offer and price list checked.'),
      approves('lena', 1.1, 'Fine for 31.'),
      carriesOut('olga', 20, 'Invoiced at 11 percent.'),
      closes('olga', 21, {
        cause: 'policy-unfit',
        happened: 'One point was missing to close the order.',
        fixed: 'Invoiced at 11 percent.',
      }),
    ],
  },
  {
    ...{
      at: [-5, 'Mon', '14:00'],
      by: 'elif',
      rule: 'payment-terms',
      asks: 34,
      value: 2600,
      customer: 'Mistral Boutiques',
    },
    why: 'The shop in Nantes opens four days later than the first invoice is due.',
    impact: 'Four days on 2,600.',
    steps: [
      approves('omar', 2, 'The opening is announced.'),
      approves('lena', 3, 'Four days are fine.'),
      carriesOut('omar', 20, 'Due after 34 days.'),
      closes('omar', 21, { cause: 'customer-situation', happened: 'A new shop.', fixed: 'Four more days.' }),
    ],
  },
  {
    ...{
      at: [-3, 'Wed', '09:00'],
      by: 'tom',
      rule: 'payment-terms',
      asks: 35,
      value: 3100,
      customer: 'Mistral Boutiques',
    },
    why: 'Now the shop in Brest: opening and first invoice are five days apart.',
    impact: 'Five days on 3,100.',
    steps: [
      approves('olga', 3, 'The opening is announced.'),
      approves('liam', 5, 'As in Nantes.'),
      carriesOut('olga', 22, 'Due after 35 days.'),
      closes('olga', 23, { cause: 'customer-situation', happened: 'A new shop.', fixed: 'Five more days.' }),
    ],
  },
];

/** What can happen on the way beside approving: sent back, corrected, held, expedited, asked again. */
import {
  acknowledges,
  amends,
  approves,
  approvesIf,
  type Case,
  cannot,
  carriesOut,
  complains,
  corrects,
  expedites,
  handsOver,
  holds,
  meets,
  objects,
  picksTier,
  releases,
  sendsBack,
} from './case.ts';

/** Before anybody can judge it. */
const INCOMPLETE: readonly Case[] = [
  {
    ...{ at: { hoursAgo: 9 }, by: 'nina', rule: 'refund-window', asks: 32, value: 740, customer: 'Lumen Hotels' },
    category: 'damage-claim',
    why: 'Two mirrors were cracked when the hotel unpacked them, two days after the window.',
    impact: '740; the carrier pays if we claim this week.',
    steps: [],
  },
  {
    ...{ at: { hoursAgo: 13 }, by: 'elif', rule: 'sla-credit', asks: 16.5, value: 310, customer: 'Fjord Outdoor' },
    category: 'service-failure',
    why: 'The tents came without the pegs, and they bought some themselves.',
    impact: '310. They sent the receipt to somebody here.',
    steps: [sendsBack('olga', 1.5, { missing: ['order'], says: 'And whom did they send the receipt to?' })],
  },
  {
    ...{ at: { hoursAgo: 17 }, by: 'tom', rule: 'refund-window', asks: 34, value: 5200, customer: 'Tanaka Foods' },
    why: 'The rice cookers stood in customs for four days.',
    impact: '5,200, and the cookers are unopened.',
    steps: [
      approves('olga', 2, 'Customs papers and delivery note agree.'),
      amends('tom', 4, { to: { value: 6100, impact: '6,100, since a second pallet is affected; all unopened.' } }),
      approves('omar', 6, 'The second pallet is in the same customs papers.'),
    ],
  },
  {
    ...{ at: { hoursAgo: 11 }, by: 'elif', rule: 'discount', asks: 11.2, value: 4700, customer: 'Brightwater Schools' },
    why: 'They order chairs for two schools and ask for the rate of the county.',
    impact: 'It costs 56.',
    steps: [
      corrects('omar', 2, { to: { asks: 12.4 }, says: 'The rate of the county is 12.4 percent, not 11.2.' }),
      objects('elif', 3, 'The county pays 12.4 only from 10,000 on; these are 4,700.'),
    ],
  },
  {
    ...{ at: { hoursAgo: 4 }, by: 'tom', rule: 'other', asks: null, value: 2200, customer: 'Ostsee Catering' },
    otherRule: 'Goods are lent to nobody.',
    why: 'They want to try the big coffee machine for a week before they order three.',
    impact: 'One machine for a week; it cannot be sold as new afterwards.',
    steps: [],
  },
  {
    ...{ at: { hoursAgo: 40 }, by: 'nina', rule: 'other', asks: null, value: 1500, customer: 'Stein Apotheken' },
    ...{ otherRule: 'Samples are not given away.', category: 'new-business' },
    why: 'Ninety samples for their fair; every pharmacist who orders there orders from us.',
    impact: '1,500 at cost.',
    steps: [
      picksTier('omar', 2, { tier: 'manager', says: 'No figure measures it; managers decide on marketing.' }),
      approves('olga', 3, 'Costs are as stated.'),
    ],
  },
];

/** Approvals wait for something, or have waited. */
const HELD: readonly Case[] = [
  {
    ...{ at: { hoursAgo: 7 }, by: 'nina', rule: 'refund-window', asks: 33, value: 980, customer: 'Nordlicht Reederei' },
    ...{ category: 'damage-claim', evidence: 'https://crm.harbour.example/photos/5512' },
    inputs: { order: 'SO-2026-5512' },
    why: 'Twelve lanterns were broken in the box. They became our customer last week.',
    impact: '980.',
    steps: [],
  },
  {
    ...{ at: { hoursAgo: 30 }, by: 'tom', rule: 'refund-window', asks: 33, value: 350, customer: 'Elbe Kanuverleih' },
    ...{ category: 'damage-claim', evidence: 'https://crm.harbour.example/photos/5431' },
    inputs: { order: 'SO-2026-5431' },
    why: 'A crate of cups fell off the truck.',
    impact: '350.',
    steps: [
      releases('olga', 2, { outcome: 'alternate_documents', says: 'Their order and our invoice are on file.' }),
      releases('olga', 2.1, { outcome: 'waived', says: 'There is no contract yet, the terms of the order apply.' }),
      approves('olga', 2.5, 'The photograph shows the crate.'),
      approves('lena', 5, 'We dropped it, we pay it.'),
      carriesOut('olga', 22, '350 refunded.'),
    ],
  },
  {
    ...{ at: { hoursAgo: 5 }, by: 'elif', rule: 'refund-window', asks: 33, value: 1900, customer: 'Hansa Yachts' },
    ...{ category: 'damage-claim', evidence: 'https://crm.harbour.example/photos/5520', sources: 'disagree' },
    inputs: { order: 'SO-2026-5520' },
    why: 'The canvas was torn on the way.',
    impact: '1,900; gold customers get the full price back.',
    steps: [],
  },
  {
    ...{ at: { hoursAgo: 14 }, by: 'nina', rule: 'refund-window', asks: 33, value: 900, customer: 'Weber Kliniken' },
    ...{ category: 'damage-claim', evidence: 'https://crm.harbour.example/photos/5502', sources: 'disagree' },
    inputs: { order: 'SO-2026-5502' },
    why: 'Three trolleys came with bent wheels.',
    impact: '900.',
    steps: [
      releases('dave', 2, {
        outcome: 'resolved',
        says: 'Gold is right: the contract records still had the segment of last year.',
      }),
      approves('olga', 3, 'Wheels are bent on all three photographs.'),
    ],
  },
  {
    ...{ at: { hoursAgo: 22 }, by: 'tom', rule: 'data-retention', asks: 25, value: 0, customer: 'Stein Apotheken' },
    category: 'legal-obligation',
    why: 'Their chamber asks for the prescriptions of a pharmacy that was closed in May.',
    impact: 'We would keep them three weeks longer.',
    steps: [
      approves('olga', 3, 'The letter of the chamber is there.'),
      holds('cara', 5, {
        kind: 'regulatory',
        says: 'Prescriptions are health data: I ask our data protection officer whether we may.',
      }),
    ],
  },
  {
    ...{ at: { hoursAgo: 64 }, by: 'nina', rule: 'data-retention', asks: 30, value: 0, customer: 'Weber Kliniken' },
    ...{ category: 'legal-obligation', severity: 'major' },
    why: 'An insurer still examines the delayed pallets of gloves and asks for the delivery data.',
    impact: 'Four more weeks of delivery data, with the names of two drivers.',
    steps: [
      holds('cara', 3, { kind: 'regulatory', says: 'Names of drivers are personal data.' }),
      releases('cara', 8, {
        outcome: 'proceed_with_conditions',
        says: 'With the names blacked out, and deleted as soon as the insurer has answered.',
      }),
      approves('olga', 9, 'The letter of the insurer is there.'),
      approvesIf('mara', 20, {
        says: 'As compliance says.',
        conditions: [
          { says: 'Black out the names of the drivers.', owner: 'nina', inDays: 3 },
          { says: 'Delete everything once the insurer has answered.', owner: 'omar', inDays: 21 },
        ],
      }),
      carriesOut('olga', 24, 'Deletion is stopped until further notice.'),
      meets('nina', 40, { condition: 1, says: 'Both names are black in the copy that the insurer got.' }),
    ],
  },
  {
    ...{ at: { hoursAgo: 34 }, by: 'elif', rule: 'vendor-approval', asks: 40, value: 5200, category: 'internal' },
    why: 'A courier without a licence for food could drive our cheese tomorrow.',
    impact: 'Two tours.',
    steps: [
      holds('cara', 3, { kind: 'regulatory', says: 'Food needs a registered carrier.' }),
      releases('cara', 6, { outcome: 'must_not', says: 'The law on food hygiene leaves no room for it.' }),
    ],
  },
];

/** Chased, handed on, and what counts together. */
const PRESSING: readonly Case[] = [
  {
    ...{ at: { hoursAgo: 2.4 }, by: 'nina', rule: 'sla-credit', asks: 22, value: 3900, customer: 'Lumen Hotels' },
    ...{ category: 'service-failure', severity: 'major' },
    why: 'The laundry for their gala came half, and the gala is tonight.',
    impact: '3,900, and we want to be invited again.',
    steps: [
      expedites('mara', 0.4, 'They decide this evening whether the spring order goes to us.'),
      approves('omar', 0.9, 'The tour sheet shows half the load.'),
    ],
  },
  {
    ...{ at: { hoursAgo: 10 }, by: 'elif', rule: 'refund-window', asks: 34, value: 420, customer: 'Cardinal Bakeries' },
    why: 'The scales were wrong by a gram; they noticed after four weeks.',
    impact: '420.',
    steps: [
      complains('elif', 3, 'Their owner called: he wants to know today what becomes of his money.'),
      acknowledges('liam', 3.4, 'complaint'),
      approves('olga', 4, 'Weighed one ourselves: a gram.'),
    ],
  },
  {
    ...{ at: { hoursAgo: 15 }, by: 'nina', rule: 'payment-terms', asks: 44, value: 1800, category: 'hardship' },
    why: 'The owner of a small shop is in hospital, and her daughter asks for two more weeks.',
    impact: '1,800 two weeks later.',
    steps: [approves('olga', 2, 'The daughter has sent the certificate.')],
  },
  {
    ...{ at: { hoursAgo: 12 }, by: 'nina', rule: 'discount', asks: 11.5, value: 6800, customer: 'Petit Port' },
    again: true,
    why: 'Without the trays of the spring catalogue: only the dented ones, at 11.5 percent.',
    impact: 'Margin 13 percent, and half of the shelf is free.',
    steps: [],
  },
  {
    ...{ at: { hoursAgo: 90 }, by: 'elif', rule: 'discount', asks: 11.5, value: 5400, customer: 'Tanaka Foods' },
    why: 'They add chopsticks to the order if they get a point and a half.',
    impact: 'It costs 81.',
    steps: [
      approves('omar', 2, 'Figures agree.'),
      approves('lena', 4, 'For 81, yes.'),
      carriesOut('omar', 24, 'Invoiced at 11.5 percent.'),
    ],
  },
  {
    ...{ at: { hoursAgo: 8 }, by: 'elif', rule: 'discount', asks: 11, value: 5100, customer: 'Tanaka Foods' },
    why: 'And now bowls, if they get one point more on these as well.',
    impact: 'It costs 51.',
    steps: [],
  },
  {
    ...{ at: { hoursAgo: 18 }, by: 'tom', rule: 'payment-terms', asks: 35, value: 2400, customer: 'Verdi Trattorie' },
    why: 'Their till system changes, and no invoice can be paid for five days.',
    impact: '2,400 come five days later.',
    steps: [
      approves('olga', 2, 'The change is announced on their page.'),
      handsOver('tom', 3, { to: 'elif', says: 'Verdi is Elif’s from this week on.' }),
    ],
  },
  {
    ...{ at: { hoursAgo: 75 }, by: 'nina', rule: 'refund-window', asks: 35, value: 560, customer: 'Ostsee Catering' },
    why: 'The napkins were the wrong blue, and they saw it at the feast.',
    impact: '560.',
    steps: [
      approves('olga', 3, 'Order and delivery differ.'),
      approves('liam', 7, 'Our mistake.'),
      cannot('olga', 30, 'Their bank account was closed; the transfer came back. Nina asks for the new one.'),
    ],
  },
];

export const PROCEDURE: readonly Case[] = [...INCOMPLETE, ...HELD, ...PRESSING];

import fc from 'fast-check';
import type { Recorded } from '../../../src/core/events.ts';
import type { Rules } from '../../../src/core/policy.ts';
import type { ExceptionRequest } from '../../../src/core/request.ts';
import type { Words } from '../../../src/core/values.ts';
import type { Drawn } from '../../../src/slack/views/drawn.ts';
import { hour, idOf, NAMES } from '../../support/cast.ts';
import {
  acknowledged,
  answered,
  conflicted,
  nudged,
  questioned,
  raised,
  requestOf,
  stageApproved,
  stageRejected,
  submitted,
  withdrawn,
  words,
} from '../../support/given.ts';
import { RULES } from '../../support/policy.ts';
import { drawn } from './support.ts';

export const PINGS = ['<!channel>', '<@U0EVE>', '<!subteam^S0OPS>', '<!here|here>', '<https://evil.test|Approve>'];
const NASTY = [
  ...PINGS,
  '*x*',
  '_x_',
  '`x`',
  '> x',
  '&amp;',
  '&',
  '"',
  '\u0001',
  '😀',
  '👩‍👩‍👧‍👦',
  '\u202e',
  '\n',
  'ß',
  ' ',
];

/** What somebody may type: up to `max` code points, often exactly as many, of what hurts most. */
export const typed = (max: number): fc.Arbitrary<string> =>
  fc.oneof(
    fc.constantFrom(...NASTY).map((piece) => [...piece.repeat(max)].slice(0, max).join('')),
    fc
      .array(fc.constantFrom(...NASTY), { minLength: 1, maxLength: 40 })
      .map((all) => [...all.join('')].slice(0, max).join('')),
    fc.string({ unit: 'grapheme', maxLength: 60 }).filter((text) => text.isWellFormed() && !text.includes('\0')),
  );

const text: fc.Arbitrary<Words> = fc.oneof(
  { weight: 9, arbitrary: typed(3000).map(words) },
  { weight: 1, arbitrary: fc.constant({ ...words('x'), text: null }) },
);

const decimals = fc
  .tuple(fc.bigInt({ min: 0n, max: 10n ** 30n }), fc.constantFrom('', '.5', '.25', '.0001'))
  .map(([whole, rest]) => `${whole}${rest}`);

const wide = (units: number) => '😀'.repeat(units);
/** A policy whose every name is as long as the schema lets it be. */
export const WIDE_RULES: Rules = {
  ...RULES,
  policies: [
    { id: 'wide', name: wide(75), text: '&'.repeat(1500), standard: { value: '30', unit: '&'.repeat(20) } },
    ...RULES.policies,
  ],
  categories: [
    { id: 'wide', name: '<'.repeat(75), customer: 'required', inputs: [], sources: [], confidential: false },
    ...RULES.categories,
  ],
};

const submission = fc.record({
  rule: fc.constantFrom('wide', 'goodwill', 'gone-from-the-policy'),
  category: fc.constantFrom('wide', 'internal'),
  deviation: fc.constantFrom('0.1', '12.5', '49.99', '1000'),
  asksFor: fc.option(
    decimals.map((value) => ({ value, standard: '30', unit: '&'.repeat(20) })),
    { nil: null },
  ),
  value: decimals,
  customer: fc.option(typed(200).map(words), { nil: null }),
  rationale: text,
  impact: text,
  evidence: fc.option(text, { nil: null }),
  severity: fc.constantFrom('minor', 'major', 'critical'),
  urgent: fc.boolean(),
  alreadyHappened: fc.boolean(),
  neededBy: fc.constantFrom(null, '2026-12-04'),
  beneficiary: fc.constantFrom(null, idOf('ben')),
} as const);

type Facts = { questions: [Words, Words | null][]; rationale: Words; reason: Words | null };

const inquiries = ({ questions }: Facts): Recorded[] =>
  questions.flatMap(([question, answer], index): Recorded[] => [
    { ...questioned(index + 1), words: question },
    ...(answer ? [{ ...answered(index + 1), words: answer }] : []),
  ]);

const ENDINGS: Record<string, (facts: Facts) => Recorded[]> = {
  validation: () => [],
  authorization: ({ rationale }) => [{ ...stageApproved('validation', 'olga'), rationale }],
  approved: ({ rationale }) => [
    { ...stageApproved('validation', 'olga'), rationale },
    { ...stageApproved('authorization', 'eve', hour(80)), rationale },
  ],
  'rejected early': ({ rationale }) => [{ ...stageRejected('validation', 'olga'), rationale }],
  'rejected late': ({ rationale }) => [
    { ...stageApproved('validation', 'olga'), rationale },
    { ...stageRejected('authorization', 'eve', hour(3)), rationale },
  ],
  withdrawn: ({ rationale, reason }) => [
    { ...stageApproved('validation', 'olga'), rationale },
    { ...withdrawn(hour(4)), reason },
  ],
};

export type History = { events: Recorded[]; state: ExceptionRequest };

/** A request's whole history, with words of any kind in it. */
const histories: fc.Arbitrary<History> = fc
  .record({
    submission,
    questions: fc.array(fc.tuple(text, fc.option(text, { nil: null })), { maxLength: 12 }),
    rationale: text,
    reason: fc.option(text, { nil: null }),
    ending: fc.constantFrom(...Object.keys(ENDINGS)),
    conflicts: fc.boolean(),
    chased: fc.boolean(),
  })
  .map(({ submission: form, ending, conflicts, chased, ...facts }) => {
    const first = submitted({ ...form, rules: WIDE_RULES });
    const deadline = { deadline: first.dueAt };
    const events: Recorded[] = [
      first,
      ...inquiries(facts),
      ...(conflicts ? NAMES.map((name) => conflicted(name)) : []),
      ...(chased
        ? [
            raised('sla_imminent', first.dueAt),
            { ...acknowledged('sla_imminent', 'sam'), ...deadline },
            { ...nudged('sla_imminent', 'sam'), ...deadline },
            raised('sla_breached', first.dueAt),
          ]
        : []),
      ...(ENDINGS[ending]?.(facts) ?? []),
    ];
    return { events, state: requestOf(...events) };
  });

/** People as they may call themselves; Slack takes 80 characters. */
const hostileNames = fc
  .array(typed(80), { minLength: NAMES.length, maxLength: NAMES.length })
  .map((all) => Object.fromEntries(NAMES.map((name, i) => [idOf(name), all[i] || name])));

export const drawings: fc.Arbitrary<{ history: History; drawn: Drawn }> = fc
  .tuple(histories, hostileNames)
  .map(([history, names]) => ({ history, drawn: drawn(history.state, { rules: WIDE_RULES, names }) }));

/** What modals say of the time that is left to decide, and how cards show the deadline. */
import { describe, expect, it } from 'vitest';
import type { Rules } from '../../../src/core/policy.ts';
import type { Instant } from '../../../src/core/values.ts';
import { approvalCard } from '../../../src/slack/views/card.ts';
import { NO_ANSWERS } from '../../../src/slack/views/deciding.ts';
import { decisionModal } from '../../../src/slack/views/decision.ts';
import { given, hold, release, submit, withdraw } from '../../support/given.ts';
import { policyWith, readPolicy } from '../../support/policy.ts';
import { detailsOf } from './pages.ts';
import { drawn, read } from './support.ts';

const AROUND_THE_CLOCK = readPolicy(policyWith('sla: 24h', 'sla: 8h')).rules;
/** Offices in Berlin from nine to five, eight to four in UTC. */
const OFFICE = readPolicy(
  policyWith(
    'rules:\n',
    `rules:
  calendars: { office: { zone: Europe/Berlin } }
  calendar: office
  holds_pause: [regulatory, data_conflict]
`,
    policyWith('sla: 24h', 'sla: 8h'),
  ),
).rules;

const friday = (time: string): Instant => `2026-11-20T${time}:00.000Z`;
const monday = (time: string): Instant => `2026-11-23T${time}:00.000Z`;

/** Due on Monday at noon in Berlin, or on Friday at 19:00 UTC around the clock. */
const asked = (rules: Rules) => given().and('ada', submit(), { at: friday('11:00'), rules });
type Story = ReturnType<typeof asked>;

function modals({ state }: Story, rules: Rules, now: Instant): string[] {
  if (!state) throw new Error('there is no request');
  const shown = drawn(state, { rules });
  const deciding = { drawn: shown, now, act: 'approve', answers: NO_ANSWERS, latest: null, queued: false } as const;
  return [
    detailsOf(shown, { now }),
    decisionModal({
      ...{ ...deciding, couldAlsoAuthorize: false, stale: null },
      seen: { round: 1, stage: 'validation', contentHash: 'f00' },
    }),
  ].map(read);
}
function bothSay(story: Story, rules: Rules, now: Instant, sentence: string) {
  for (const modal of modals(story, rules, now)) expect(modal).toContain(sentence);
}

describe('details and the decision modal say as they open', () => {
  it.each([
    [friday('11:00'), '8 working hours left to decide.'],
    [friday('14:00'), '5 working hours left to decide.'],
    [monday('08:30'), '2 working hours and 30 minutes left to decide.'],
    [monday('10:00'), '1 working hour left to decide.'],
    [monday('10:15'), '45 working minutes left to decide.'],
    [monday('10:59'), '1 working minute left to decide.'],
    ['2026-11-23T10:59:45.000Z', 'Less than a minute left to decide.'],
    // A few seconds after it opened it still says so.
    ['2026-11-23T10:00:05.000Z', '1 working hour left to decide.'],
    [friday('22:00'), '3 working hours left to decide, from Nov 23, 2026 08:00 on.'],
    [monday('14:00'), 'The deadline passed 3 working hours ago.'],
    // Nobody has worked since.
    ['2026-11-23T11:00:20.000Z', 'The deadline passed less than a minute ago.'],
  ])('at %s, with working hours: %s', (now, sentence) => bothSay(asked(OFFICE), OFFICE, now, sentence));

  it.each([
    [friday('16:00'), '3 hours left to decide.'],
    [friday('17:30'), '1 hour and 30 minutes left to decide.'],
    [friday('21:00'), 'The deadline passed 2 hours ago.'],
  ])('at %s, around the clock: %s', (now, sentence) =>
    bothSay(asked(AROUND_THE_CLOCK), AROUND_THE_CLOCK, now, sentence),
  );

  it('that the deadline stands still, why, and what will be left then', () => {
    const held = asked(OFFICE).and('cleo', hold('regulatory'), { at: friday('13:00'), rules: OFFICE });
    const why = 'The deadline stands still, since a regulation may apply.';
    bothSay(held, OFFICE, monday('15:00'), `${why} Once that is cleared up, 6 working hours will be left to decide.`);
    const freed = held.and('cleo', release(1, 'proceed'), { at: monday('10:00'), rules: OFFICE });
    bothSay(freed, OFFICE, monday('10:00'), '6 working hours left to decide.');
  });

  it('every reason for which it stands still, from when it did for the first of them', () => {
    const both = asked(OFFICE)
      .and('cleo', hold('regulatory'), { at: friday('13:00'), rules: OFFICE })
      .and('quinn', hold('data_conflict'), { at: friday('15:00'), rules: OFFICE });
    bothSay(
      both,
      OFFICE,
      monday('15:00'),
      'since a regulation may apply and sources contradict each other. Once that is cleared up, 6 working hours',
    );
  });

  it('that it runs, where the hold does not pause it', () =>
    bothSay(
      asked(AROUND_THE_CLOCK).and('cleo', hold('regulatory'), { at: friday('13:00'), rules: AROUND_THE_CLOCK }),
      AROUND_THE_CLOCK,
      friday('16:00'),
      '3 hours left to decide.',
    ));

  it('nothing of it once it is decided', () => {
    const over = asked(OFFICE).and('ada', withdraw(), { at: friday('13:00'), rules: OFFICE });
    for (const modal of modals(over, OFFICE, friday('14:00')).slice(0, 1))
      expect(modal).not.toContain('left to decide');
  });
});

describe('the deadline on a card', () => {
  const shown = drawn(asked(OFFICE).state as NonNullable<Story['state']>, { rules: OFFICE });
  const { text, blocks } = approvalCard(shown);
  const due = Date.parse(monday('11:00')) / 1000;

  it('is drawn by each reader’s Slack in their own zone', () =>
    expect(JSON.stringify(blocks)).toContain(
      `*Decide by*\\n<!date^${due}^{date_short_pretty} {time}|Mon 23 Nov 2026, 11:00 UTC>`,
    ));

  it('is marked while it stands still, since it moves on once the hold is cleared up', () => {
    const held = asked(OFFICE).and('cleo', hold('regulatory'), { at: friday('13:00'), rules: OFFICE });
    const card = approvalCard(drawn(held.state as NonNullable<Story['state']>, { rules: OFFICE }));
    expect(read(card)).toContain('Nov 23, 2026 11:00 (stands still until the hold is cleared up)');
    expect(read({ text, blocks })).not.toContain('stands still');
  });

  it('names the zone where it is only text, as in a push notification', () =>
    expect(text).toContain('decide by Mon 23 Nov, 12:00 CET'));
});

import { describe, expect, it } from 'vitest';
import type { ExceptionRequest } from '../../../src/core/request.ts';
import { approvalCard } from '../../../src/slack/views/card.ts';
import { forecastText } from '../../../src/slack/views/shortage.ts';
import { staffingMessage } from '../../../src/slack/views/staffing.ts';
import { hour, idOf } from '../../support/cast.ts';
import { confirmed, raised, requestOf, submitted, withdrawn, words } from '../../support/given.ts';
import { buttons, drawn, read } from './support.ts';

type Short = NonNullable<ExceptionRequest['staffing']>['short'][number];
const MISSING: Short = { stage: 'authorization', role: 'managers', until: null, away: [], left: [] };

/** Of the managers' tier, asked for at 0, due at hour 48. */
const asked = submitted({ deviation: '25', customer: words('ACME') });
const shortOf = (short: Partial<Short>, late = true, events: Parameters<typeof requestOf> = [asked]) => {
  const staffing = { short: [{ ...MISSING, ...short }], late, at: hour(1), since: hour(1) };
  return drawn({ ...requestOf(...events), staffing });
};
const told = (short: Partial<Short>, late?: boolean) => read(staffingMessage(shortOf(short, late), 'owner', hour(1)));
const mia = idOf('mia');
const dora = idOf('dora');

describe('who is missing', () => {
  it.each<[string, Partial<Short>, RegExp]>([
    ['nobody in the group', {}, /there is nobody in @managers who may\./],
    [
      'the only one, who is away',
      { away: [mia], until: hour(60) },
      /Mia, the only one of @managers who could, is away until/,
    ],
    [
      'several, who are all away',
      { away: [mia, dora], until: hour(60) },
      /all of @managers who could are away \(Mia, Dora\), the first of them until/,
    ],
    [
      'somebody away who may not decide then either',
      { away: [mia] },
      /Mia could but for an absence, and nobody is expected/,
    ],
    [
      'one person for both stages',
      { left: [dora] },
      /Dora alone is left for both stages, and two different people must/,
    ],
    [
      'one person for both until another is back',
      { left: [dora], until: hour(9) },
      /Dora alone is left for both stages until/,
    ],
    ['two who count as one', { left: [dora, mia] }, /Dora, Mia stand in for one another and count as one person/],
  ])('is said of %s', (_what, short, sentence) => {
    expect(told(short)).toMatch(sentence);
    expect(read(approvalCard(shortOf(short)))).toMatch(sentence);
  });

  it('is said with what it means for the deadline', () => {
    expect(told({ away: [mia], until: hour(60) })).toMatch(/So EX-12 will miss its deadline/);
    expect(told({ away: [mia], until: hour(20) }, false)).toMatch(/That is still before its deadline/);
    const missed = shortOf({}, true, [asked, raised('sla_breached', hour(48))]);
    expect(read(staffingMessage(missed, 'owner', hour(1)))).toMatch(/EX-12 was to be decided by/);
  });

  it('is no longer said of a stage that is through, or of a tier that it has left', () => {
    const through = shortOf({ stage: 'validation', role: 'operations' }, true, [asked, confirmed()]);
    expect(read(approvalCard(through))).not.toContain('Nobody can');
    expect(read(approvalCard(shortOf({ role: 'team_leads' })))).not.toContain('Nobody can');
  });
});

describe('the message on it', () => {
  const late = shortOf({ away: [mia], until: hour(60) });

  it('offers a supervisor the next tier by one press, where it will be late and there is one', () => {
    expect(buttons(staffingMessage(late, 'supervisor', hour(1)))).toEqual(['Reroute to executives', 'Open']);
    expect(buttons(staffingMessage(shortOf({}, false), 'supervisor', hour(1)))).toEqual(['Open']);
    const top = shortOf({ role: 'executives' }, true, [submitted({ deviation: '60' })]);
    expect(buttons(staffingMessage(top, 'supervisor', hour(1)))).toEqual(['Open']);
    expect(buttons(staffingMessage(late, 'owner', hour(1)))).toEqual(['Open']);
  });

  it('says to an admin what to do, and nothing of the request', () => {
    const message = staffingMessage(late, 'admin', hour(1));
    expect(read(message)).toMatch(/Add somebody to @managers in Slack/);
    for (const text of [read(message), message.text]) expect(text).not.toContain('ACME');
    expect(buttons(message)).toEqual([]);
  });

  it('says that somebody is there again, also where another is missing since', () => {
    const again = drawn({ ...late.state, staffing: { short: [], late: false, at: hour(5), since: hour(1) } });
    expect(read(staffingMessage(again, 'owner', hour(1)))).toMatch(/Two different people can decide EX-12 again/);
    expect(read(staffingMessage(late, 'owner', hour(0)))).toMatch(/Two different people can decide EX-12 again/);
  });

  it('says that the request is over', () =>
    expect(read(staffingMessage(shortOf({}, true, [asked, withdrawn()]), 'admin', hour(1)))).toMatch(
      /EX-12 was withdrawn by Ada.*Nobody is missing for it any more/,
    ));
});

describe('the reason that is recorded', () => {
  it('is the forecast, as plain words', () =>
    expect(forecastText(shortOf({ away: [mia], until: hour(60) }))).toBe(
      'Nobody can authorize EX-12 now: Mia, the only one of @managers who could, is away until Wed 25 Nov, 22:00 CET. So EX-12 will miss its deadline, Wed 25 Nov, 10:00 CET.',
    ));
});

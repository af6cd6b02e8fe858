import { describe, expect, it } from 'vitest';
import type { RenewedBy } from '../../../src/core/renewing.ts';
import { approvalCard } from '../../../src/slack/views/card.ts';
import { directMessage } from '../../../src/slack/views/direct.ts';
import { idOf, type Name } from '../../support/cast.ts';
import { approve, authorized, close, confirmed, given, revoke, submitted, tick } from '../../support/given.ts';
import { PROCEDURE } from '../../support/policy.ts';
import { buttons, drawn, read } from './support.ts';

const good = given(
  submitted({ beneficiary: idOf('ben') }),
  confirmed(),
  authorized('lee', { from: '2026-11-23', until: '2027-03-03' }),
);
const on = (day: string) => ({ at: `${day}T09:00:00.000Z`, rules: PROCEDURE });
const lapsed = good.and('system', tick, on('2027-03-05'));
const revoked = good.and('cleo', revoke('Sold.'), on('2026-12-01'));
type Notice = 'ending' | 'ended' | 'undo';
const told = (
  notice: Notice,
  story: typeof good,
  who: Name,
  renewing: { by: RenewedBy | null; allowed: number } = { by: null, allowed: 2 },
) => {
  if (!story.state) throw new Error('there is no request');
  return directMessage(notice, drawn(story.state, { rules: PROCEDURE, renewing }), idOf(who));
};

describe('what people are told about an end', () => {
  it('offers its owner to renew what ends, and leaves the decision to two people', () => {
    const message = told('ending', good, 'ada');
    expect(read(message)).toContain('EX-12 is good until 3 Mar 2027.');
    expect(read(message)).toContain('two people decide anew');
    expect(buttons(message)).toEqual(['Renew', 'Open']);
  });

  it.each([
    [{ by: { number: 31, status: 'in_review' as const }, allowed: 2 }, 'EX-31 asks to renew it already'],
    [{ by: { number: 31, status: 'approved' as const }, allowed: 2 }, 'It goes on as EX-31'],
    [{ by: null, allowed: 0 }, 'The policy allows no renewals'],
  ])('offers no renewal that would be refused, and says why: %j', (renewing, text) => {
    for (const message of [told('ending', good, 'ada', renewing), told('ended', lapsed, 'ada', renewing)]) {
      expect(read(message)).toContain(text);
      expect(buttons(message)).toEqual(['Open']);
    }
  });

  it('says that it is not allowed any more, to each what they can do about it', () => {
    expect(read(told('ended', lapsed, 'ada'))).toContain('What it allowed is not allowed any more.');
    expect(buttons(told('ended', lapsed, 'ada'))).toEqual(['Renew', 'Open']);
    expect(buttons(told('ended', lapsed, 'ben'))).toEqual(['Open']);
    expect(read(told('ended', lapsed, 'lee'))).toContain('nothing is asked of you');
    expect(buttons(told('undo', lapsed, 'otto'))).toEqual(['Close record', 'Renew', 'Open']);
    const closed = lapsed.and('otto', close(), on('2027-03-06'));
    expect(read(told('undo', closed, 'otto'))).toContain('Its record is closed already');
    expect(buttons(told('undo', closed, 'otto'))).toEqual(['Renew', 'Open']);
  });

  it('quotes why it was revoked, and offers nobody to renew it', () => {
    for (const message of [told('ended', revoked, 'ada'), told('undo', revoked, 'otto')]) {
      expect(read(message)).toContain('Cleo revoked EX-12.');
      expect(read(message)).toContain('Sold.');
      expect(buttons(message)).not.toContain('Renew');
    }
  });

  it('a message of before says how it stands now', () => {
    expect(read(told('ending', lapsed, 'ada'))).toContain('EX-12 has lapsed');
    expect(read(told('undo', good, 'otto'))).toContain('good until');
  });
});

describe('the card of what renews another', () => {
  it('says which and the how manieth time, while it waits and afterwards', () => {
    const renews = { number: 3, times: 2 };
    const waiting = given(submitted({ renews }), confirmed());
    const done = waiting.and('lee', approve('Again.'));
    for (const [story, text] of [
      [waiting, 'renews EX-3 (2nd time)'],
      [done, 'Renews EX-3 (2nd time)'],
    ] as const)
      expect(story.state && read(approvalCard(drawn(story.state)))).toContain(text);
  });
});

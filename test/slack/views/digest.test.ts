import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parsePolicy } from '../../../src/app/policyFile.ts';
import type { Figures } from '../../../src/core/report.ts';
import { problemsOfMessage, tooLong } from '../../../src/sandbox/blocks/surface.ts';
import { contentOf, type Report } from '../../../src/slack/digestContent.ts';
import { digestMain, digestMessage, digestThread, mainOf } from '../../../src/slack/views/digest.ts';
import type { Message } from '../../../src/slack/views/drawn.ts';
import { wording } from '../../../src/slack/wording/index.ts';
import { decidedCase, figures, share, totals } from '../../support/figures.ts';

const parsed = parsePolicy(readFileSync(new URL('../../../policy.yaml', import.meta.url), 'utf8'), 'policy.yaml');
if (!('ok' in parsed)) throw new Error('the default policy is not one');
const { rules } = parsed.ok;

const AT = '2026-11-23T08:59:00.000Z';
const PROVEN: Report['chain'] = {
  verified: { at: AT, events: 118, broken: null },
  sealed: { at: AT, events: 120, root: 'Qq8tN0M3o7l1a5fXw0n3mD2R8y3b7cJtYy1o6p4kq0E=' },
};

const report = (known: Partial<Figures>, more: Partial<Report> = {}): Report => ({
  figures: figures(known),
  rules,
  zone: 'UTC',
  names: { U0OLGA: 'Olga', U0LEE: 'Lee' },
  chain: PROVEN,
  policyOverdueSince: null,
  unsigned: [],
  ...more,
});

type Brought = { file?: string | null; lacking?: string | null };
/** The message in the channel. */
const messageOf = (report: Report, { file = null, lacking = null }: Brought = {}): Message =>
  digestMessage(mainOf(contentOf(report), file, lacking));
/** The messages below it. */
const threadOf = (report: Report): Message[] => digestThread(report).map(({ message }) => message);
/** Everything that stands below it. */
const belowOf = (report: Report): string => threadOf(report).map(shown).join('\n');
/** Those that list decisions. */
const casesIn = (report: Report): Message[] =>
  digestThread(report).flatMap(({ key, message }) => (key.startsWith('figures/') ? [] : [message]));

/** What Slack would refuse in it. */
const problemsOf = ({ blocks }: Message) => [...problemsOfMessage(blocks), ...(tooLong(blocks) ? ['too long'] : [])];

/** Everything a reader can see of it. */
const shown = ({ blocks }: Message) => JSON.stringify(blocks);
const headlineOf = (known: Partial<Figures>) => contentOf(report(known)).headline;

const BUSY: Partial<Figures> = {
  totals: totals({ asked: 31, approved: 24, rejected: 2, late: 2, alreadyHappened: 1 }),
  before: totals({ asked: 28, late: 1 }),
  openNow: 7,
  overdueNow: 1,
  byTier: [share('team_lead', 20, 18), share('executive', 11, 10)],
  byRule: [share('refund-window', 14, 7), share('discount', 17, 21)],
  escalations: [{ kind: 'sla_imminent', raised: 3, acknowledged: 2, timeToAcknowledge: 20 * 60_000 }],
  recurring: [{ rule: 'discount', customer: '<!channel> & Söhne', times: 4, last: 77 }],
};

describe('the headline', () => {
  it('says volume, approvals, what was late, and what changed', () => {
    expect(headlineOf(BUSY)).toBe(
      '31 asked, 24 approved, 2 late; refund-window exceptions doubled against the week before.',
    );
  });

  it('makes no news of small numbers', () => {
    const small = { totals: totals({ asked: 2, approved: 1 }), byRule: [share('discount', 2, 1)] };
    expect(headlineOf(small)).toBe('2 asked, 1 approved, none late.');
  });

  it('tells rejections where nothing was approved', () => {
    expect(headlineOf({ totals: totals({ asked: 3, rejected: 2 }) })).toBe(
      '3 asked, none approved, 2 rejected, none late.',
    );
  });

  it('says so where nothing happened', () => {
    expect(headlineOf({})).toBe('Nobody asked for an exception, nothing was decided, and nothing is open.');
  });

  it('begins with a capital where nobody asked but something is late', () => {
    expect(headlineOf({ totals: totals({ late: 1 }) })).toBe('None asked, none approved, 1 late.');
  });

  it('compares with the week before in words', () => {
    const gone = { totals: totals({ asked: 9 }), byRule: [share('sla-credit', 0, 8)] };
    expect(headlineOf(gone)).toBe(
      '9 asked, none approved, none late; no SLA-credit exceptions after 8 the week before.',
    );
    const fresh = { totals: totals({ asked: 9 }), byRule: [share('vendor-approval', 8, 0)] };
    expect(headlineOf(fresh)).toBe(
      '9 asked, none approved, none late; 8 vendor-approval exceptions after none the week before.',
    );
  });
});

describe('a duration', () => {
  it.each([
    [20_000, 'under a minute'],
    [45 * 60_000, '45 min'],
    [200 * 60_000, '3 h 20 min'],
    [52 * 3_600_000, '2 d 4 h'],
    [48 * 3_600_000, '2 d'],
    [59.8 * 60_000, '1 h'],
  ])('of %i ms reads %s', (ms, text) => {
    expect(wording().digest.duration(ms)).toBe(text);
  });
});

describe('the digest in the audit channel', () => {
  it('is a message Slack takes, and a full sentence where blocks cannot be seen', () => {
    const message = messageOf(report(BUSY));
    expect(problemsOf(message)).toEqual([]);
    expect(message.text).toBe(
      'Exceptions, 16–22 Nov 2026: 31 asked, 24 approved, 2 late; refund-window exceptions doubled against the week before.',
    );
  });

  it('has the figures', () => {
    const all = shown(messageOf(report(BUSY)));
    for (const text of ['31 (28 the week before)', '24 (92 % of the decided)', '7, 1 overdue'])
      expect(all).toContain(text);
    const below = belowOf(report(BUSY));
    expect(below).toContain('Team lead: 20 asked');
    expect(below).toContain('Deadline near: 3, 2 acknowledged, median 20 min');
  });

  it('is read at a glance: headline, picture, eight figures, what needs somebody, buttons, and what proves it', () => {
    const signOff = [{ type: 'actions' as const, block_id: 'sign-off', elements: [] }];
    const main = mainOf(contentOf(report(BUSY)), 'F0PICTURE01', null);
    const { blocks } = digestMessage(main, signOff);
    expect(blocks.map(({ type }) => type)).toEqual([
      ...['header', 'section', 'image', 'section', 'rich_text', 'actions', 'context'],
    ]);
    const [fields] = blocks.flatMap((block) => (block.type === 'section' && block.fields ? [block.fields] : []));
    expect(fields?.map(({ text }) => text.split('\n')[0])).toEqual([
      ...['Asked', 'Approved', 'Median time', 'Late', 'Open now', 'Already happened', 'Asked again', 'Policy updates'],
    ]);
    for (const { text } of fields ?? []) expect(text).toMatch(/^.+\n.+$/);
  });

  it('shows the picture with a text that says the same, and without one says why', () => {
    const steps = [
      { from: '2026-11-09T00:00:00.000Z', to: '2026-11-16T00:00:00.000Z', asked: 28, approved: 20, late: 1 },
      { from: '2026-11-16T00:00:00.000Z', to: '2026-11-23T00:00:00.000Z', asked: 31, approved: 24, late: 2 },
    ];
    const shownIn = messageOf(report({ ...BUSY, steps }), { file: 'F0PICTURE01' }).blocks;
    const alt =
      '31 asked, 24 approved, 2 late; refund-window exceptions doubled against the week before. Requests a week: 9 Nov 28, 16 Nov 31. By policy: Discount 17, before 21; Refund window 14, before 7.';
    expect(shownIn).toContainEqual({ type: 'image', slack_file: { id: 'F0PICTURE01' }, alt_text: alt });
    const without = messageOf(report(BUSY), { lacking: 'Without picture.' });
    expect(shown(without)).toContain('Without picture.');
    expect(problemsOf(without)).toEqual([]);
  });

  it('is drawn again from what it kept of itself', () => {
    const main = mainOf(contentOf(report(BUSY)), 'F0PICTURE01', null);
    const kept = digestMain.parse(JSON.parse(JSON.stringify(main)));
    expect(digestMessage(kept)).toEqual(digestMessage(main));
  });

  it('says with what the record is sealed and when it was last proved, and where it was not', () => {
    const proven = shown(messageOf(report(BUSY)));
    expect(proven).toContain('118 events, nothing changed or missing');
    expect(proven).toContain('120 events, root Qq8tN0M3o7l1a5fXw0n3mD2R8y3b7cJtYy1o6p4kq0E=');
    const neither = shown(messageOf(report(BUSY, { chain: { verified: null, sealed: null } })));
    expect(neither).toContain('Chain not verified yet');
    expect(neither).toContain('Not sealed yet');
  });

  it('says what ended, and what ends soon unless it is renewed', () => {
    const soon = [
      { number: 12, until: '2026-11-30', renewedBy: null },
      { number: 14, until: '2026-12-09', renewedBy: 31 },
    ];
    const all = belowOf(report({ endings: { lapsed: 2, revoked: 1, soon, soonLeftOut: 3 } }));
    expect(all).toContain('2 lapsed, 1 revoked');
    expect(all).toContain('EX-12: good until 30 Nov 2026');
    expect(all).toContain('EX-14: good until 9 Dec 2026, renewed by EX-31');
    expect(all).toContain('and 3 more');
    expect(belowOf(report(BUSY))).not.toContain('Exceptions that end');
  });

  it('needs somebody where the policy was to be looked at again', () => {
    const late = shown(messageOf(report({}, { policyOverdueSince: '2026-11-20' })));
    expect(late).toContain('The policy was to be looked at again by 20 Nov 2026');
    expect(shown(messageOf(report({})))).not.toContain('looked at again');
  });

  it('shows customers as they were typed, where nothing is parsed', () => {
    const blocks = [messageOf(report(BUSY)), ...threadOf(report(BUSY))].flatMap((message) => message.blocks);
    const holding = blocks.filter((block) => JSON.stringify(block).includes('<!channel>'));
    expect(holding.map(({ type }) => type)).toEqual(['rich_text', 'rich_text']);
  });

  it('asks for at most three things, a broken chain first', () => {
    const broken = { stream: 'request/12', seq: 3, faults: 2 };
    const chain = { ...PROVEN, verified: { at: AT, events: 120, broken } };
    const { needsYou, chain: said } = contentOf(report(BUSY, { chain }));
    expect(needsYou).toHaveLength(3);
    expect(needsYou[0]).toMatch(/chain is broken/);
    expect(said[0]).toContain('request/12, event 3 and 1 more');
  });

  it('asks for an outcome where policy reviews wait', () => {
    const [first] = contentOf(report({ openReviews: 2 })).needsYou;
    expect(first).toMatch(/^2 policy reviews wait for an outcome/);
  });

  it('asks for nothing in a quiet week', () => {
    expect(contentOf(report({})).needsYou).toEqual([]);
  });

  it('names both months where the week lies in two', () => {
    const week = { from: '2026-11-30T00:00:00.000Z', to: '2026-12-07T00:00:00.000Z', now: '2026-12-07T09:00:00.000Z' };
    expect(contentOf(report(week)).title).toBe('Exceptions, 30 Nov – 6 Dec 2026');
  });

  it('says that a week is not over', () => {
    expect(contentOf(report({ now: '2026-11-18T09:00:00.000Z' })).note).toMatch(/not over/);
  });

  it('stays within what Slack takes with many rules and long names', () => {
    const long = `${'Ünïcödé '.repeat(9)}🦊🦊`;
    const byRule = Array.from({ length: 100 }, (_, i) => share(`${i}-${long}`, 100_000, 100_000));
    const recurring = Array.from({ length: 10 }, (_, i) => ({
      rule: `r${i}`,
      customer: long.repeat(40),
      times: 9,
      last: i,
    }));
    const byCustomer = Array.from({ length: 10 }, (_, i) => ({
      ...{
        customer: `${i} ${long.repeat(40)}`,
        asked: 100_000,
        approved: 90_000,
        rejected: 10_000,
        askedBefore: 100_000,
      },
    }));
    const given = report({ ...BUSY, byRule, byCategory: byRule, byCustomer, recurring });
    const all = [messageOf(given, { file: 'F0PICTURE01' }), ...threadOf(given)];
    expect(all.map(problemsOf)).toEqual(all.map(() => []));
    expect(belowOf(given)).toContain('and 90 more');
    const [image] = all[0]?.blocks.filter(({ type }) => type === 'image') ?? [];
    expect(image && 'alt_text' in image && [...image.alt_text].length).toBeLessThanOrEqual(2000);
  });
});

describe('the thread of the digest', () => {
  it('names who decided each stage, without pinging them', () => {
    const [page] = casesIn(report({ cases: [decidedCase(12)] }));
    expect(page && shown(page)).toContain('EX-12 approved: ACME, Refund window, 10 %, $500');
    expect(page && shown(page)).toContain('details confirmed by Olga');
    expect(page && shown(page)).toContain('authorized by Lee');
    expect(page && shown(page)).not.toMatch(/"type":"user"|<@/);
  });

  it('shows fifty decisions in five messages, each within what Slack takes, and counts the rest', () => {
    const names = { U0OLGA: 'Ö'.repeat(80), U0LEE: '🦊'.repeat(80) };
    const cases = Array.from({ length: 50 }, (_, i) => decidedCase(i + 1, { customer: '🦊 & <b>'.repeat(400) }));
    const pages = casesIn(report({ cases, casesLeftOut: 3 }, { names }));
    expect(pages.map(problemsOf)).toEqual([[], [], [], [], []]);
    expect(pages.at(-1) && shown(pages.at(-1) as Message)).toContain('3 more decisions are counted above');
    expect(pages[0]?.text).toBe('Decisions 1 to 10 of 53, 16–22 Nov 2026: who decided and when.');
  });

  it('puts the highest tier first', () => {
    const cases = [decidedCase(1, { tier: 'executive' }), decidedCase(2), decidedCase(3, { tier: 'manager' })];
    const text = casesIn(report({ cases })).map(shown).join('');
    expect(text.match(/EX-\d/g)).toEqual(['EX-1', 'EX-3', 'EX-2']);
  });

  it('is empty where nothing was decided', () => {
    expect(casesIn(report({}))).toEqual([]);
  });
});

describe('a confidential case', () => {
  it('is told by its number, its tier and what became of it alone', () => {
    const cases = [decidedCase(12, { confidential: true, customer: null, tier: 'manager' })];
    const [page] = casesIn(report({ cases }));
    const text = page ? shown(page) : '';
    expect(text).toContain('EX-12 approved: confidential request');
    expect(text).toContain('Manager');
    expect(text).not.toMatch(/Refund|500|10 %/);
  });
});

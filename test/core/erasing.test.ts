import { describe, expect, it } from 'vitest';
import { toWords } from '../../src/app/content.ts';
import { erasableOf } from '../../src/core/erasing.ts';
import { PARTS, type Part } from '../../src/core/events/audit.ts';
import { contentIds, splitWords } from '../../src/store/words.ts';
import { hour, idOf } from '../support/cast.ts';
import {
  amend,
  answer,
  approve,
  ask,
  authorized,
  close,
  confirmed,
  correct,
  deleteRemark,
  editRemark,
  execute,
  given,
  keep,
  type Order,
  picture,
  reading,
  reject,
  remark,
  revoke,
  sourcesSay,
  stageRejected,
  submitted,
  withdrawn,
  words,
} from '../support/given.ts';
import { PROCEDURE } from '../support/policy.ts';
import { inStories } from '../support/story.ts';

const erase = (what: Part[] = ['words'], why = 'Ms Roe asked for it.'): Order => ({
  type: 'erase',
  because: 'request',
  what,
  words: words(why),
});
const byRetention = (what: Part[]): Order => ({ type: 'erase', because: 'retention', what, words: null });
const rules = { rules: PROCEDURE };

describe('erasing', () => {
  it.each([
    ['rejected', given(submitted(), stageRejected('validation', 'olga'))],
    ['withdrawn', given(submitted(), withdrawn())],
    ['closed', given(submitted(), confirmed(), authorized()).and('otto', execute()).and('otto', close(), rules)],
    ['revoked', given(submitted(), confirmed(), authorized()).and('lia', revoke())],
  ])('takes the words out of what was %s, and says who did it, when and why', (_how, over) => {
    const { rationale, impact } = over.state ?? {};
    const erased = over.when('cleo', erase());
    erased.thenEvents({
      ...{ type: 'erased', by: idOf('cleo'), at: hour(3), because: 'request', what: ['words'] },
      ...{ contents: expect.arrayContaining([rationale?.content, impact?.content]), files: [] },
      words: words('Ms Roe asked for it.'),
    });
    expect(erased.request().erasures).toMatchObject([{ by: idOf('cleo'), what: ['words'] }]);
    expect(erased.request().status).toBe(over.state?.status);
  });

  it.each([
    ['in review', given(submitted()), { status: 'in_review' }],
    ['approved and not closed', given(submitted(), confirmed(), authorized()), { status: 'approved' }],
  ])('leaves alone what is %s, and says what has to come first', (_how, open, facts) => {
    open.when('cleo', erase()).thenRefused('not_over', facts);
    open.when('system', byRetention(['words'])).thenRefused('not_over', facts);
  });

  it('is for compliance and the admins, with a reason, and not in their own matters', () => {
    const over = given(submitted(), withdrawn());
    for (const who of ['ada', 'olga', 'mia', 'sam'] as const)
      over.when(who, erase()).thenRefused('not_of', { role: 'compliance' });
    over.when('audrey', erase()).thenRefused('auditor');
    over.when('cleo', erase(['words'], '  ')).thenRefused('rationale_missing');
    over.when('cleo', { ...erase(), words: null } as Order).thenRefused('rationale_missing');
    given(submitted({ beneficiary: idOf('cleo') }), withdrawn())
      .when('cleo', erase())
      .thenRefused('self_approval', { as: 'beneficiary' });
  });

  it('is retention only where the program says so', () => {
    const over = given(submitted(), withdrawn());
    over.when('cleo', byRetention(['words'])).thenRefused('not_of', { role: 'compliance' });
    over.when('system', byRetention(['words'])).thenEvents({ type: 'erased', because: 'retention', words: null });
  });

  it('never erases the same twice, and finds what came later', () => {
    const once = given(submitted(), confirmed(), authorized())
      .and('otto', execute())
      .and('otto', close({ action: { words: words('Train them.'), owner: idOf('zoe'), due: '2026-12-01' } }), rules)
      .and('cleo', erase());
    once.when('cleo', erase()).thenRefused('nothing_to_erase');
    const later = toWords('Lena did well.');
    once
      .and('zoe', { type: 'check_effectiveness', effective: 'yes', words: later })
      .when('cleo', erase())
      .thenEvents({ type: 'erased', contents: [later.content] });
  });
});

describe('the parts of a request', () => {
  const [acme, beta, earlier, later] = ['ACME', 'Beta', 'I was ill.', 'I was away.'].map((text) => toWords(text));
  const full = given(submitted({ customer: acme ?? null, files: [picture()] }))
    .and('system', sourcesSay([reading('crm', 'gold')]), rules)
    .and('system', keep(picture()))
    .and('ada', amend({ customer: beta ?? null }))
    .and('olga', correct({ deviation: '13' }, 'Thirteen, by the contract.'))
    .and('olga', ask('Which of them?'))
    .and('ada', answer(1, 'The blue one.'))
    .and('ada', { ...remark('', '1.1'), words: earlier } as Order)
    .and('ada', { ...editRemark('', '1.1'), words: later } as Order)
    .and('olga', approve('Figures checked.'))
    .and('lee', reject('Too much.'));
  const parts = erasableOf(full.events);
  const textsOf = (part: Part): (string | null)[] => {
    const known = new Map(
      full.events.flatMap((event) => splitWords(event).contents.map(({ id, bytes }) => [id, bytes])),
    );
    return parts[part].map((id) => known.get(id) ?? id);
  };

  it('are told apart: who the customer is, also before and after an edit', () => {
    expect(textsOf('customer')).toEqual(['ACME', 'Beta']);
  });
  it('are told apart: what sources said', () => {
    expect(textsOf('sources')).toHaveLength(1);
    expect(textsOf('sources')[0]).toContain('gold');
  });
  it('are told apart: why people decided as they did', () => {
    expect(textsOf('reasons')).toEqual(['Thirteen, by the contract.', 'Figures checked.', 'Too much.']);
  });
  it('are told apart: what else was written, and what it said before', () => {
    const others = ['They waited for six weeks.', 'We keep them.', 'Which of them?', 'The blue one.', 'I was ill.'];
    expect(textsOf('words')).toEqual([...others, 'I was away.']);
  });
  it('are told apart: bytes of files', () => {
    expect(parts.files).toEqual(['ab'.repeat(32)]);
  });
  it('do not hold what somebody has taken back', () => {
    const after = erasableOf(full.and('ada', deleteRemark('1.1')).events);
    expect(after.words).toEqual(parts.words.filter((id) => id !== earlier?.content && id !== later?.content));
  });
  it('each go without the others', () => {
    for (const part of PARTS) {
      const left = erasableOf(full.and('cleo', erase([part])).events);
      expect(left).toEqual({ ...parts, [part]: [] });
    }
  });
});

describe('whatever happened to a request', () => {
  it(
    'every word of it belongs to a part, so that everything is everything',
    inStories(200)((told) => {
      const events = told.flatMap((one) => one.events);
      const deleted = events.some(({ type }) => type === 'remark_deleted');
      const parts = erasableOf(events);
      const all = new Set(contentIds(events.map((event) => splitWords(event).data)));
      const known = new Set(PARTS.flatMap((part) => (part === 'files' ? [] : parts[part])));
      if (!deleted) expect(known).toEqual(all);
      expect([...known].filter((id) => !all.has(id))).toEqual([]);
    }),
  );
});

import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { html, json } from '../../src/pack/html.ts';
import { evidenceName } from '../../src/pack/names.ts';
import { Census, type Member, type Wanted } from '../../src/pack/population.ts';
import { populationPage } from '../../src/pack/report/index.ts';
import { drawn } from '../../src/pack/sample.ts';

const QUARTER: Wanted = {
  period: { from: '2026-01-01T00:00:00.000Z', to: '2026-04-01T00:00:00.000Z', zone: 'UTC' },
  ...{ minValue: null, draw: null },
};
const member = (number: number, askedAt: string, over: Partial<Member> = {}): Member => ({
  ...{ number, askedAt: `${askedAt}T12:00:00.000Z`, status: 'approved', value: '100', currency: 'USD' },
  ...over,
});
const never = async () => false;
function census(wanted: Partial<Wanted>, ...members: Member[]): Census {
  const counted = new Census({ ...QUARTER, ...wanted });
  for (const one of members) counted.add(one);
  return counted;
}

describe('the population', () => {
  it('accounts for every number from the first to the last', async () => {
    const found = await census(
      {},
      member(1, '2025-12-31'),
      member(2, '2026-01-01'),
      member(3, '2026-03-31', { status: 'rejected' }),
      member(4, '2026-04-01'),
    ).population(never);
    expect(found).toMatchObject({ last: 4, before: 1, within: [2, 3], after: 1, gaps: [], chosen: [2, 3] });
    expect(found.byStatus).toEqual({ in_review: 0, approved: 1, rejected: 1, withdrawn: 0 });
    const { before, within, after, gaps, last } = found;
    expect(before + within.length + after + gaps.length).toBe(last);
  });

  it('explains each number that has no request: removed after it was sealed, or never given out', async () => {
    const counted = census({}, member(2, '2026-01-01'), member(4, '2026-01-02'));
    counted.reach(5);
    const { gaps, last } = await counted.population(async (number) => number !== 1);
    expect(last).toBe(5);
    expect(gaps).toEqual([
      { number: 1, why: 'never_given' },
      { number: 3, why: 'removed' },
      { number: 5, why: 'removed' },
    ]);
  });

  it('takes the first instant of a period and not that of the next one', async () => {
    const at = (askedAt: string) => ({ ...member(1, '2026-01-01'), askedAt });
    const of = async (askedAt: string) => (await census({}, at(askedAt)).population(never)).within.length;
    expect(await of('2025-12-31T23:59:59.999Z')).toBe(0);
    expect(await of('2026-01-01T00:00:00.000Z')).toBe(1);
    expect(await of('2026-03-31T23:59:59.999Z')).toBe(1);
    expect(await of('2026-04-01T00:00:00.000Z')).toBe(0);
  });

  it('compares values as figures and not as texts, the limit included', async () => {
    const values = ['9999.99', '10000', '10000.00', '9', '100000'];
    const members = values.map((value, i) => member(i + 1, '2026-01-05', { value }));
    const found = await census({ minValue: '10000' }, ...members).population(never);
    expect(found.fitting).toEqual([2, 3, 5]);
  });

  it('is told to people with every gap and how the sample was drawn', async () => {
    const counted = census({ draw: { seed: '7', count: 2 } }, member(1, '2026-01-05'), member(3, '2026-01-06'));
    const page = populationPage(await counted.population(never), {
      ...{ origin: 'carveout/T0', size: 9, root: Buffer.alloc(32), at: '2026-04-02T00:00:00.000Z' },
    });
    for (const text of ['EX-1 to EX-3', 'EX-2', 'Nothing of it was ever sealed', 'seed 7', 'reports/EX-3.html'])
      expect(page).toContain(text);
  });
});

describe('a sample', () => {
  const all = Array.from({ length: 200 }, (_, i) => i + 1);

  it('is drawn as its description says, which takes nothing but SHA-256', () => {
    const place = (number: number) => createHash('sha256').update(`7:${number}`).digest('hex');
    const byHand = all.toSorted((a, b) => (place(a) < place(b) ? -1 : 1)).slice(0, 25);
    expect(drawn(all, { seed: '7', count: 25 })).toEqual(byHand.sort((a, b) => a - b));
  });

  it('is the same again, whatever the order, and another one with another seed', () => {
    const draw = { seed: '7', count: 25 };
    expect(drawn(all.toReversed(), draw)).toEqual(drawn(all, draw));
    expect(drawn(all, { seed: '8', count: 25 })).not.toEqual(drawn(all, draw));
  });

  it('keeps whom it has when the population grows by those who come later in its order', () => {
    const small = drawn(all.slice(0, 100), { seed: '7', count: 10 });
    const large = drawn(all, { seed: '7', count: 10 });
    expect(large.filter((number) => number <= 100).every((number) => small.includes(number))).toBe(true);
  });

  it('of more than there are is all of them', () => expect(drawn([3, 1], { seed: 'x', count: 9 })).toEqual([1, 3]));
});

describe('a file of the evidence', () => {
  const sha = 'ab'.repeat(32);
  it.each([
    ['invoice.pdf', 'invoice-abababababab.pdf'],
    ['../../etc/passwd', 'etc passwd-abababababab'],
    ['C:\\Users\\x\\a.txt', 'C Users x a-abababababab.txt'],
    ['.htaccess', 'htaccess-abababababab'],
    ['CON', 'file CON-abababababab'],
    ['nul.txt', 'file nul-abababababab.txt'],
    ['\u202egnp.exe', 'gnp-abababababab.exe'],
    ['Ürlaub 2026 ☀.jpg', 'Ürlaub 2026 ☀-abababababab.jpg'],
    ['', 'file-abababababab'],
    [`${'x'.repeat(300)}.pdf`, `${'x'.repeat(60)}-abababababab.pdf`],
    ['a. ', 'a-abababababab'],
  ])('%j has a name that every system can unpack', (name, safe) => expect(evidenceName(name, sha)).toBe(safe));
});

describe('what people typed', () => {
  it('is text in a page, whatever it looks like', () => {
    expect(html`<p title="${'"x"'}">${'<script>&'}\r</p>`.html).toBe(
      '<p title="&quot;x&quot;">&lt;script&gt;&amp;\r</p>',
    );
    expect(html`${['a<', html`<b>${'\r'}</b>`, null, false, 0]}`.html).toBe('a&lt;<b>&#13;</b>0');
  });

  it('cannot end the script that holds it', () =>
    expect(json({ a: '</script>' }).html).toBe('{"a":"\\u003c/script>"}'));
});

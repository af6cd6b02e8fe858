import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentOf } from '../../src/core/changes.ts';
import { checkForm, type Typed } from '../../src/core/form.ts';
import { differing, merged, typedOf } from '../../src/core/retyped.ts';
import { idOf } from '../support/cast.ts';
import { requestOf, submitted, words } from '../support/given.ts';
import { RULES } from '../support/policy.ts';

const TODAY = '2026-11-23';
type Over = Parameters<typeof submitted>[0];
const contentWith = (over: Over = {}) => contentOf(requestOf(submitted(over)));
const formWith = (over: Over = {}): Typed => typedOf(contentWith(over), null);

describe('a request as its form', () => {
  it('can be sent as it is and says the same', () =>
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 999_999n }),
        fc.constantFrom('', '.5', '.25', '.125', '.0625'),
        fc.constantFrom(null, '35', '12.345', '0.125'),
        (whole, rest, deviation) => {
          const content = contentWith({ value: `${whole}${rest}`, deviation, rule: 'goodwill' });
          const result = checkForm(typedOf(content, null), RULES, TODAY);
          expect(result).toMatchObject({ checked: { value: content.value, deviation } });
        },
      ),
    ));

  it('leaves the deviation to what is asked for, so that a change of that does not contradict it', () => {
    const form = formWith({
      ...{ rule: 'refund-window', deviation: '50' },
      asksFor: { value: '45', standard: '30', unit: 'days' },
    });
    expect(form).toMatchObject({ asksFor: '45', deviation: null, unmeasured: false });
    const checked = checkForm({ ...form, asksFor: '60' }, RULES, TODAY);
    expect(checked).toMatchObject({ checked: { deviation: '100', asksFor: { value: '60' } } });
  });
});

describe('a form whose request others changed meanwhile', () => {
  const base = formWith({ inputs: { contract: words('Frame contract 7') } });
  const now: Typed = { ...base, deviation: '30', category: 'internal' };

  it('keeps what was typed, and takes what was left alone from the request as it is', () => {
    const mine: Typed = { ...base, value: '1200', inputs: { contract: 'Frame contract 8' } };
    const { typed, changed } = merged(base, mine, now);
    expect(typed).toMatchObject({
      ...{ value: '1200', deviation: '30', category: 'internal', inputs: { contract: 'Frame contract 8' } },
    });
    expect(changed).toEqual(['deviation', 'category']);
  });

  it('keeps what was typed where both changed the same field', () =>
    expect(merged(base, { ...base, deviation: '40' }, now).typed.deviation).toBe('40'));

  it('keeps an input that the form did not show', () =>
    expect(merged(base, { ...base, inputs: {} }, base).typed.inputs).toEqual(base.inputs));

  it('tells nothing where nothing differs but spaces', () =>
    expect(differing(base, { ...base, component: ' ', beneficiary: base.beneficiary })).toEqual([]));

  it('tells a file that was added by its id, whatever its name', () => {
    const file = { id: 'F1', name: 'offer.pdf', size: 1, type: 'application/pdf' };
    expect(differing({ ...base, files: [file] }, { ...base, files: [{ ...file, id: 'F2' }] })).toEqual(['files']);
    expect(typedOf(contentWith(), idOf('ben')).beneficiary).toBe(idOf('ben'));
  });
});

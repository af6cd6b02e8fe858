/** Figures as people write them: `12,5`, `12.5 %`, `$12,500`, `1.234,50`. What could mean two things is asked back. */
import Big from 'big.js';

export type Figure =
  | { ok: true; value: string }
  | { ok: false; problem: 'missing' | 'not_a_figure' | 'negative' }
  | { ok: false; problem: 'ambiguous'; readings: [string, string] }
  | { ok: false; problem: 'other_currency'; currency: string };

const SYMBOL: Readonly<Record<string, string>> = { $: 'USD', '€': 'EUR', '£': 'GBP', '¥': 'JPY' };
const GROUPED = /^\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*$/;

/** A percentage, with or without its sign. One separator before three digits could be either, so it is asked back. */
export function readPercent(typed: string | null): Figure {
  return read(tidy(typed).replace(/%$/, ''), () => false);
}

/** An amount in `currency`. A comma before three digits groups thousands there, as in `$12,500`; a point is asked back. */
export function readMoney(typed: string | null, currency: string): Figure {
  const text = tidy(typed);
  const [, before = '', figure = '', after = ''] = /^([^\d.,+-]*)([\d.,+-]*)([^\d.,+-]*)$/.exec(text) ?? [];
  const named = (before + after).toUpperCase();
  const meant = SYMBOL[named] ?? named;
  if (named === '') return read(text, groupsByComma);
  if (!/^[A-Z]{3}$/.test(meant)) return { ok: false, problem: 'not_a_figure' };
  if (meant !== currency) return { ok: false, problem: 'other_currency', currency: meant };
  return read(figure, groupsByComma);
}

/** A quantity in the rule's unit, which may be written behind it: `45 days`. */
export function readQuantity(typed: string | null, unit: string): Figure {
  const text = tidy(typed);
  const bare = unit.replaceAll(/\s/g, '').toLowerCase();
  const names = [bare, bare.replace(/s$/, ''), '%'];
  const suffix = names.find((name) => text.toLowerCase().endsWith(name) && name !== '') ?? '';
  return read(text.slice(0, text.length - suffix.length), () => false);
}

const groupsByComma = (separator: string) => separator === ',';

/** Spaces and apostrophes only group digits; full-width digits are digits. */
const tidy = (typed: string | null): string => (typed ?? '').normalize('NFKC').replaceAll(/[\s'’_]/g, '');

function read(text: string, groups: (separator: string) => boolean): Figure {
  if (text === '') return { ok: false, problem: 'missing' };
  if (/^-[\d.,]+$/.test(text)) return { ok: false, problem: 'negative' };
  const bare = text.replace(/^\+/, '');
  const plain = (value: string): Figure => ({ ok: true, value: new Big(value).toFixed() });
  if (/^\d+$/.test(bare)) return plain(bare);
  const separator = GROUPED.exec(bare)?.[1];
  if (separator) {
    const thousands = bare.replaceAll(separator, '');
    const more = bare.split(separator).length > 2;
    const fraction = bare.replace(separator, '.');
    // Nobody groups thousands behind a zero.
    if (bare.startsWith('0')) return more ? { ok: false, problem: 'not_a_figure' } : plain(fraction);
    if (more || groups(separator)) return plain(thousands);
    return { ok: false, problem: 'ambiguous', readings: [new Big(fraction).toFixed(), thousands] };
  }
  if (/^\d*[.,]\d+$/.test(bare)) return plain(`0${bare.replace(',', '.')}`);
  const mixed = /^(\d{1,3}(?:([.,])\d{3})+)([.,])(\d+)$/.exec(bare);
  if (mixed && mixed[2] !== mixed[3]) return plain(`${(mixed[1] ?? '').replaceAll(mixed[2] ?? '', '')}.${mixed[4]}`);
  return { ok: false, problem: 'not_a_figure' };
}

/** Two decimals added: `12.5` and `0.5` are `13`. */
export const sum = (a: string, b: string): string => new Big(a).plus(b).toString();

import { readFileSync } from 'node:fs';
import { parsePolicy } from '../app/policyFile.ts';
import type { PolicyDocument } from '../core/policy.ts';
import { count, reasonOf } from './command.ts';
import { fail, type Line, ok } from './verdict.ts';

/** The policy file, and the time zone in it. */
export function checkPolicy(file: string): { document: PolicyDocument | null; lines: Line[] } {
  const text = read(file);
  if (text instanceof Error) {
    const missing = 'code' in text && text.code === 'ENOENT';
    const why = missing ? 'there is no such file' : reasonOf(text);
    return { document: null, lines: [fail('policy', `${file}: ${why}; set CARVEOUT_POLICY to the policy file`)] };
  }
  const parsed = parsePolicy(text, file);
  if ('problems' in parsed) return { document: null, lines: parsed.problems.map((problem) => fail('policy', problem)) };
  const { rules, wiring } = parsed.ok;
  const contents = `${count(rules.policies.length, 'policy', 'policies')}, ${count(rules.categories.length, 'category', 'categories')}, amounts in ${rules.currency}`;
  return {
    document: parsed.ok,
    lines: [ok('policy', `${file} has ${contents}`), ok('zone', `${wiring.zone}, where it is ${timeIn(wiring.zone)}`)],
  };
}

function read(file: string): string | Error {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

const timeIn = (zone: string): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone: zone, weekday: 'long', hour: '2-digit', minute: '2-digit' }).format();

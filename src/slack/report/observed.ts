/** What deserves a look: to a channel as counts, to compliance with the names and the requests behind it. */
import type { Observation } from '../../core/observations.ts';
import { type Named, nameOf, ruleName, words } from './names.ts';

const of = <K extends Observation['kind']>(list: Observation[], kind: K) =>
  list.filter((one): one is Extract<Observation, { kind: K }> => one.kind === kind);

/** Lines for everybody in the channel: they name nobody, and tell nothing of single requests. */
export function countedLines(report: Pick<Named, 'rules' | 'locale'>, list: Observation[]): string[] {
  const { counted } = words(report).observations;
  const together = <T>(found: T[], say: (found: T[]) => string): string[] => (found.length > 0 ? [say(found)] : []);
  return [
    ...of(list, 'under_limit').map(counted.underLimit),
    ...together(of(list, 'split'), counted.splits),
    ...together(of(list, 'quick'), counted.quick),
    ...together(of(list, 'pair'), counted.pairs),
    ...together(of(list, 'carried'), counted.carried),
    ...of(list, 'excepted').map((one) => counted.excepted(one, ruleName(report, one.rule))),
  ];
}

/** A question, and the requests behind it. */
export type Question = { question: string; behind: string };

/** For compliance, who may see every request. */
export function questionsOf(report: Omit<Named, 'figures' | 'zone'>, list: Observation[]): Question[] {
  const { behind } = words(report).observations;
  return list.map((one) => ({ question: questionOf(report, one), behind: behind(one.numbers, one.cases) }));
}

function questionOf(report: Omit<Named, 'figures' | 'zone'>, one: Observation): string {
  const { observations, format } = words(report);
  const { named } = observations;
  const name = (person: string) => nameOf(report, person);
  switch (one.kind) {
    case 'under_limit':
      return named.underLimit(one);
    case 'quick':
      return named.quick(one, name);
    case 'pair':
      return named.pair(one, name);
    case 'split':
      return named.split(one, ruleName(report, one.rule), (value) => format.money(value, report.rules.currency));
    case 'carried':
      return named.carried(one, name);
    case 'excepted':
      return named.excepted(one, ruleName(report, one.rule));
    default:
      return one satisfies never;
  }
}

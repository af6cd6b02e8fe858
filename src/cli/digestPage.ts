import type { Case } from '../core/report.ts';
import { caseTitle, contentOf, nameOf, type Report } from '../slack/digestContent.ts';
import { wording } from '../slack/wording/index.ts';
import { harmless } from './command.ts';

/** The report as lines of a terminal; what people typed cannot move the cursor. */
export function digestPage(report: Report): string[] {
  const { title, headline, note, fields, needsYou, parts, observations, chain } = contentOf(report);
  const { digest, observations: worth } = wording(report.locale);
  const width = Math.max(...fields.map(({ label }) => label.length)) + 2;
  const { cases, casesLeftOut } = report.figures;
  const decisions = cases.flatMap((one) => caseLines(report, one));
  const leftOut = casesLeftOut > 0 ? [digest.case.leftOut(casesLeftOut)] : [];
  return [
    ...[title, headline, ...(note ? [note] : []), ''],
    ...fields.map(({ label, value }) => `${label.padEnd(width)}${value}`),
    ...part(digest.label.needsYou, needsYou),
    ...parts.flatMap(({ title, lines }) => part(title, lines)),
    ...part(worth.title, observations),
    ...part(digest.label.cases, [...decisions, ...leftOut]),
    ...['', ...chain],
  ].map(harmless);
}

const part = (title: string, lines: string[]): string[] =>
  lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)];

function caseLines(report: Report, one: Case): string[] {
  const { digest, format } = wording(report.locale);
  const by = one.decisions.map(
    ({ stage, outcome, by, at }) =>
      `${digest.case.by[stage][outcome]} ${nameOf(report, by)}, ${format.time(at, report.zone)}`,
  );
  return [caseTitle(report, one), `  ${by.join('; ')}`];
}

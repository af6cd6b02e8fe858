/** The weekly report in the audit channel: one message of figures, and the decisions in its thread. */
import type { Case } from '../../core/report.ts';
import { TIERS, type Tier } from '../../core/values.ts';
import { caseTitle, contentOf, daysOf, nameOf, type Part, type Report } from '../digestContent.ts';
import { LIMIT, truncate } from '../limits.ts';
import { asText, bold, date, type Line, line } from '../mrkdwn.ts';
import { wording } from '../wording/index.ts';
import { context, facts, header, says, section, typedField } from './blocks.ts';
import type { Message } from './drawn.ts';

export function digestMessage(report: Report): Message {
  const { title, headline, note, fields, needsYou, parts, chain } = contentOf(report);
  const { label } = wording(report.locale).digest;
  return {
    text: truncate(asText(line`${title}: ${headline}`, String), LIMIT.messageText),
    blocks: [
      header(title),
      section(headline),
      ...(note ? [context(note)] : []),
      ...facts(fields.map((field) => typedField(field.label, field.value))),
      ...(needsYou.length > 0 ? [list({ title: label.needsYou, lines: needsYou })] : []),
      ...parts.map(list),
      context(chain),
    ],
  };
}

/** A title and a line for each row; customers' names stand in it as they were typed. */
const list = ({ title, lines }: Part) => says([bold(`${title}\n`), lines.join('\n')]);

/** Well below what a message may hold, with long names of customers and people. */
const CASES_A_PAGE = 10;

/** The decisions with who and when, the highest tier first; empty where nothing was decided. */
export function digestThread(report: Report): Message[] {
  const { cases, casesLeftOut } = report.figures;
  const words = wording(report.locale).digest.case;
  const pages: Message[] = [];
  for (let from = 0; from < cases.length; from += CASES_A_PAGE) {
    const page = cases.slice(from, from + CASES_A_PAGE);
    const title = words.title(from + 1, from + page.length, cases.length + casesLeftOut);
    const isLast = from + page.length === cases.length;
    pages.push({
      text: asText(line`${words.sentence(title, daysOf(report))}`, String),
      blocks: [
        section(title),
        ...TIERS.toReversed().flatMap((tier) => casesOf(report, tier, page)),
        ...(isLast && casesLeftOut > 0 ? [context(words.leftOut(casesLeftOut))] : []),
      ],
    });
  }
  return pages;
}

function casesOf(report: Report, tier: Tier, page: Case[]) {
  const cases = page.filter((one) => one.tier === tier);
  if (cases.length === 0) return [];
  const title = line`${bold(wording(report.locale).names.tier[tier])}\n`;
  return [says(title, ...cases.map((one, i) => caseLine(report, one, i === cases.length - 1)))];
}

/** What was decided, and under it by whom and when. */
function caseLine(report: Report, one: Case, isLast: boolean): Line {
  const { by } = wording(report.locale).digest.case;
  const decisions = one.decisions.flatMap(({ stage, outcome, by: person, at }, i) => [
    `${i > 0 ? '; ' : ''}${by[stage][outcome]} ${nameOf(report, person)}, `,
    date(at),
  ]);
  return line`${caseTitle(report, one)}\n${decisions}${isLast ? '' : '\n'}`;
}

/** A report in Slack: one short message, and in its thread the breakdowns and the decisions themselves. */
import type { ImageBlock, KnownBlock } from '@slack/types';
import { z } from 'zod';
import type { Case } from '../../core/report.ts';
import { TIERS, type Tier } from '../../core/values.ts';
import { type Content, caseTitle, contentOf, daysOf, nameOf, type Part, type Report } from '../digestContent.ts';
import { LIMIT, truncate } from '../limits.ts';
import { asText, bold, date, type Line, line } from '../mrkdwn.ts';
import { wording } from '../wording/index.ts';
import { context, facts, header, says, section, typedField } from './blocks.ts';
import type { Message } from './drawn.ts';

/** What the message says, kept as it was posted: what is drawn again later are the buttons below it, not the figures. */
export const digestMain = z.object({
  ...{ title: z.string(), headline: z.string(), note: z.string().nullable() },
  /** A file of Slack's, and what it shows. */
  picture: z.object({ file: z.string(), alt: z.string() }).nullable(),
  fields: z.array(z.object({ label: z.string(), value: z.string() })),
  needsYou: z.array(z.string()),
  observations: z.array(z.string()),
  /** What could not be brought, and why. */
  lacking: z.string().nullable(),
  chain: z.array(z.string()),
});
export type DigestMain = z.infer<typeof digestMain>;

/** What fits on a phone at a glance; the others stand in the thread. */
const FIELDS = 8;

export const mainOf = (content: Content, file: string | null, lacking: string | null): DigestMain => {
  const { title, headline, note, fields, needsYou, observations, chain } = content;
  return {
    ...{ title, headline, note, needsYou, observations, chain, lacking },
    fields: fields.slice(0, FIELDS),
    picture: file === null ? null : { file, alt: content.picture.alt },
  };
};

/** @param signOff the buttons, or who signed it off */
export function digestMessage(main: DigestMain, signOff: KnownBlock[] = [], locale?: string): Message {
  const { title, headline, note, picture, fields, needsYou, observations, lacking, chain } = main;
  const { digest, observations: worth } = wording(locale);
  return {
    text: truncate(asText(line`${title}: ${headline}`, String), LIMIT.messageText),
    blocks: [
      header(title),
      section(headline),
      ...(note ? [context(note)] : []),
      ...(picture ? [pictureBlock(picture)] : []),
      ...facts(fields.map((field) => typedField(field.label, field.value))),
      ...lists([
        { title: digest.label.needsYou, lines: needsYou },
        { title: worth.title, lines: observations },
      ]),
      ...signOff,
      ...(lacking ? [context(lacking)] : []),
      context(chain.join('\n')),
    ],
  };
}

const pictureBlock = ({ file, alt }: { file: string; alt: string }): ImageBlock => ({
  type: 'image',
  slack_file: { id: file },
  alt_text: truncate(alt, LIMIT.altText),
});

const lists = (parts: Part[]) => parts.filter(({ lines }) => lines.length > 0).map(list);

/** A title and a line for each row; customers' names stand in it as they were typed. */
const list = ({ title, lines }: Part) => says([bold(`${title}\n`), lines.join('\n')]);

/** Everything below the message, in order; the keys tell them apart. */
export function digestThread(report: Report): { key: string; message: Message }[] {
  const numbered = (messages: Message[], kind: string) =>
    messages.map((message, i) => ({ key: `${kind}${i + 1}`, message }));
  return [...numbered(breakdowns(report), 'figures/'), ...numbered(decisions(report), '')];
}

/** Code points of the lines in one message: with titles and JSON well below what Slack takes. */
const PAGE = 8_000;

function breakdowns(report: Report): Message[] {
  const { fields, parts } = contentOf(report);
  const rest = fields.slice(FIELDS);
  const pages: Part[][] = [];
  let room = 0;
  for (const part of parts) {
    const size = part.lines.join('\n').length;
    if (size > room || pages.length === 0) {
      pages.push([]);
      room = PAGE;
    }
    pages.at(-1)?.push(part);
    room -= size;
  }
  if (pages.length === 0 && rest.length > 0) pages.push([]);
  const { figures } = wording(report.locale).digest;
  return pages.map((page, i) => ({
    text: asText(line`${figures.sentence(daysOf(report), i + 1, pages.length)}`, String),
    blocks: [
      section(figures.title(i + 1, pages.length)),
      ...(i === 0 ? facts(rest.map(({ label, value }) => typedField(label, value))) : []),
      ...page.map(list),
    ],
  }));
}

/** Well below what a message may hold, with long names of customers and people. */
const CASES_A_PAGE = 10;

/** The decisions with who and when, the highest tier first; empty where nothing was decided. */
function decisions(report: Report): Message[] {
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

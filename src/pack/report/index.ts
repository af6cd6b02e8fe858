/** The first page of a pack of several requests: which requests there are, and which of them are in it. */
import type { Status } from '../../core/request.ts';
import { dayIn } from '../../core/week.ts';
import type { Checkpoint } from '../../proof/checkpoint.ts';
import { type Html, html } from '../html.ts';
import type { Gap, Population } from '../population.ts';
import { page } from './page.ts';
import { format, names, table } from './parts.ts';

export function populationPage(population: Population, { origin, size, at, root }: Checkpoint): string {
  const { period, last, before, after, gaps, within, byStatus, chosen } = population;
  const title = `Exceptions, ${day(period.from, period.zone)} to ${day(lastMomentOf(period.to), period.zone)}`;
  const statuses = (Object.keys(byStatus) as Status[]).map((status) => [
    names.status[status],
    String(byStatus[status]),
  ]);
  const body = html`<header>
<p class="of">Evidence about exceptions to policy · ${origin} · as sealed ${at}</p>
<h1>${title}</h1>
<p class="small">The days are those of ${period.zone}: from ${period.from} to before ${period.to}, in UTC. Checkpoint: ${format.number(String(size))} events, root <code>${root.toString('base64')}</code>.</p>
</header>
<main>
<section><h2>Which requests there are</h2>
<p>${accounted(population)}</p>
${table(
  ['Numbers', 'How many'],
  [
    ['Asked for before the period', String(before)],
    ['Asked for in the period', String(within.length)],
    ['Asked for after the period', String(after)],
    ['Numbers without a request', String(gaps.length)],
    [html`<strong>EX-1 to EX-${last}</strong>`, html`<strong>${last}</strong>`],
  ],
)}
${gaps.length > 0 ? explained(gaps) : null}
<h3>Those of the period, as they stood at the checkpoint</h3>
${table(['Status', 'How many'], statuses)}
</section>
<section><h2>Which of them are in this pack</h2>
${choice(population)}
<ul class="chosen">${chosen.map((number) => html`<li><a href="reports/EX-${number}.html">EX-${number}</a></li>`)}</ul>
</section>
<section><h2>How this can be checked</h2>
<p><code>node verify.mjs --key KEY --roots FILE</code>, in the folder of this pack; README.txt says what it shows and what it cannot.
population.json has every number behind these counts.</p></section>
</main>`;
  return page(title, body, null);
}

const day = (at: string, zone: string): string => format.day(dayIn(at, zone));
/** The period ends before this instant. */
const lastMomentOf = (to: string): string => new Date(Date.parse(to) - 1).toISOString();

function accounted({ last, gaps }: Population): string {
  if (last === 0) return 'No exception was ever asked for.';
  const numbered = `Numbers are given out one after the other, so EX-1 to EX-${last} are all there are.`;
  return gaps.length === 0
    ? `${numbered} Each of them is in the record.`
    : `${numbered} Not all of them are in the record.`;
}

const WHY: Record<Gap['why'], string> = {
  removed: 'It was sealed and is no longer in the record: it was removed behind the bot’s back.',
  never_given:
    'Nothing of it was ever sealed. The bot gives out no number twice and leaves none out, so ask how this came about.',
};

const explained = (gaps: Gap[]): Html =>
  table(
    ['Number', 'Why it has no request'],
    gaps.map(({ number, why }) => [`EX-${number}`, WHY[why]]),
  );

function choice({ minValue, fitting, within, draw, currencies, chosen }: Population): Html {
  const filter =
    minValue === null ? null : html` with a value of at least ${format.number(minValue)} ${currencies.join(' or ')}`;
  const population = html`<p>Of the ${within.length} of the period, ${fitting.length} fit${filter}.</p>`;
  if (!draw) return html`${population}<p>All of these are in it.</p>`;
  return html`${population}<p>A sample of ${draw.count} was drawn with the seed ${draw.seed}${
    chosen.length < draw.count ? html`; there are no more than ${chosen.length}` : null
  }. ${draw.method} Anybody can draw it again.</p>`;
}

/** The small pieces that every part of a report is made of. */
import { SYSTEM } from '../../core/events.ts';
import type { Instant, Words } from '../../core/values.ts';
import { dayIn } from '../../core/week.ts';
import type { Inline, Line } from '../../slack/mrkdwn.ts';
import { wording } from '../../slack/wording/index.ts';
import { type Html, html } from '../html.ts';
import { goneBy, type ReportModel } from './model.ts';

export const { format, names, record: said } = wording();

const formats = new Map<string, Intl.DateTimeFormat>();
function formatIn(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone: zone, day: 'numeric', month: 'short', year: 'numeric' },
    ...{ hour: '2-digit', minute: '2-digit', second: '2-digit', timeZoneName: 'short' },
  });
  formats.set(zone, made);
  return made;
}

/** `23 Nov 2026, 10:00:03 CET`; what a machine reads is in UTC. */
export const when = ({ wiring }: Pick<ReportModel, 'wiring'>, at: Instant): Html =>
  html`<time datetime="${at}">${formatIn(wiring.zone).format(new Date(at))}</time>`;

/** `23 Nov 2026` */
export const onDay = ({ wiring }: Pick<ReportModel, 'wiring'>, at: Instant): Html =>
  html`<time datetime="${at}">${format.day(dayIn(at, wiring.zone))}</time>`;

export const who = (model: ReportModel, id: string): string =>
  id === SYSTEM ? names.program : (model.names[id] ?? displayed(model, id) ?? id);

/** What the person was called when they decided. */
function displayed({ record }: ReportModel, id: string): string | undefined {
  const { state } = record;
  const decisions = [...state.approvals, ...(state.status === 'rejected' ? [state.rejection] : [])];
  return decisions.find(({ by }) => by === id)?.authority.displayName;
}

/** A sentence that Slack shows as well. */
export const sentence = (model: ReportModel, line: Line): Html => html`${line.map((piece) => inline(model, piece))}`;

function inline(model: ReportModel, piece: Inline): Html {
  if (typeof piece === 'string') return html`${piece}`;
  if ('bold' in piece) return html`<strong>${piece.bold}</strong>`;
  if ('at' in piece) return when(model, piece.at);
  if ('person' in piece) return html`${who(model, piece.person)}`;
  return 'group' in piece ? html`${piece.group}` : html`${piece.text}`;
}

/** What somebody wrote, as it was written: the page checks in its reader's browser that it gives its hash. */
export function quote(model: ReportModel, words: Words): Html {
  if (words.text === null) return gone(model, words.content);
  return html`<blockquote data-content="${words.content}">${words.text}</blockquote>`;
}

/** The same within a line. */
export function wrote(model: ReportModel, words: Words): Html {
  if (words.text === null) return gone(model, words.content);
  return html`<q data-content="${words.content}">${words.text}</q>`;
}

function gone(model: ReportModel, content: string): Html {
  const by = goneBy(model.record, content);
  if (!by) return html`<em class="gone">Not in the record, and no event says that it was erased.</em>`;
  const why = by.erasure ? 'Erased' : 'Deleted by whoever wrote it';
  return html`<em class="gone">${why}, ${when(model, by.at)}.</em>`;
}

/**
 * Label and what stands under it; what is null is left out.
 * @param reading the content of which these are the facts: the page compares them
 */
export const facts = (all: readonly (readonly [string, Html | string | null])[], reading: string | null = null): Html =>
  html`<dl${reading === null ? null : html` data-facts="${reading}"`}>${all.map(([label, value]) => value !== null && html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>`;

/** Nothing where there is nothing to say. */
export const section = (id: string, title: string, body: readonly (Html | null)[]): Html | null => {
  const parts = body.filter((part) => part !== null);
  return parts.length === 0 ? null : html`<section id="${id}"><h2>${title}</h2>${parts}</section>`;
};

export const entry = (heading: Html | string, ...body: (Html | null)[]): Html =>
  html`<article><h3>${heading}</h3>${body}</article>`;

export const table = (columns: readonly string[], rows: readonly (readonly (Html | string)[])[]): Html =>
  html`<table><thead><tr>${columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody></table>`;

export const hash = (text: string): Html => html`<code>${text}</code>`;

/** What was known: what sources said at each moment, and the files that were handed in. */
import { readingOf } from '../../core/drift.ts';
import type { Part } from '../../core/events/audit.ts';
import type { Snapshot } from '../../core/request.ts';
import { type Html, html } from '../html.ts';
import { evidenceName } from '../names.ts';
import { goneBy, type ReportModel } from './model.ts';
import { entry, facts, format, hash, said, section, sentence, table, when, who } from './parts.ts';

export const sources = (model: ReportModel): Html | null =>
  section(
    'sources',
    'What the sources said',
    model.record.state.snapshots.map((snapshot) => reading(model, snapshot)),
  );

function reading(model: ReportModel, snapshot: Snapshot): Html {
  const { name, at, moment, content } = snapshot;
  const id = content?.content ?? '';
  const erased = content?.text === null ? goneBy(model.record, id) : null;
  const spoken = readingOf(snapshot);
  const heading = sentence(model, said.read[snapshot.outcome](name, { at }, said.moment[moment]));
  const file = content?.text
    ? html`<p class="small"><a href="${model.root}snapshots/${id}.json">As it was kept</a></p>`
    : null;
  const body = erased
    ? html`<p><em class="gone">Erased, ${when(model, erased.at)}.</em></p>`
    : spoken.outcome === 'ok'
      ? facts(
          spoken.facts.map(({ label, value }) => [label, value] as const),
          id,
        )
      : null;
  const why = spoken.outcome === 'failed' && spoken.because ? html`<p>${spoken.because}</p>` : null;
  const kept = content?.text ? html`<data hidden data-content="${id}">${content.text}</data>` : null;
  return html`<div id="s-${id}">${entry(heading, body, why, kept, file)}</div>`;
}

export function files(model: ReportModel): Html | null {
  const { state, number } = model.record;
  const named = [...state.files, ...state.remarks.flatMap((remark) => remark.files)];
  const kept = state.keptFiles.map(({ name, size, mediaType, sha256 }) => {
    const path = `${model.root}evidence/EX-${number}/${evidenceName(name, sha256)}`;
    const erasure = state.erasures.find((one) => one.files.includes(sha256));
    const status = erasure ? html`Erased, ${when(model, erasure.at)}` : html`<a href="${path}">In this pack</a>`;
    return [name, `${mediaType}, ${said.size(size)}`, hash(sha256), status];
  });
  const known = [...state.keptFiles, ...state.lostFiles].map(({ id }) => id);
  const lost = state.lostFiles.map(({ name, because }) => [name, '', '', LOST[because]]);
  const waiting = named
    .filter(({ id }) => !known.includes(id))
    .map(({ name, type, size }) => [name, `${type}, ${said.size(size)}`, '', 'Its bytes were not kept yet']);
  const rows = [...kept, ...lost, ...waiting];
  return section('files', 'Files', rows.length === 0 ? [] : [table(['Name', 'Kind', 'SHA-256', 'Where'], rows)]);
}

const LOST = {
  gone: 'It was deleted in Slack before its bytes could be kept',
  too_large: 'It was too large to be kept',
};

const PARTS: Record<Part, string> = {
  customer: 'the customer’s name',
  words: 'what people wrote',
  sources: 'what sources said',
  reasons: 'the reasons of decisions',
  files: 'files',
};

/** What is gone of it, and the event that says so. */
export const erased = (model: ReportModel): Html | null =>
  section(
    'erased',
    'What was erased',
    model.record.state.erasures.map(({ by, at, because, what, contents, files: bytes, words }) =>
      entry(
        html`Erased by ${who(model, by)}, ${when(model, at)}`,
        html`<p>${because === 'retention' ? 'The time for which the policy keeps it was over.' : 'Somebody had asked for it.'} Gone: ${format.all(
          what.map((part) => PARTS[part]),
        )}. ${
          contents.length
        } ${contents.length === 1 ? 'text' : 'texts'} and ${bytes.length} ${bytes.length === 1 ? 'file' : 'files'} went; their hashes stay in the events, so every chain still holds.</p>`,
        words?.text ? html`<blockquote data-content="${words.content}">${words.text}</blockquote>` : null,
      ),
    ),
  );

/** All that happened, in order, each event with its hash. */
import { whatHappened } from '../../slack/views/record/history.ts';
import { type Html, html } from '../html.ts';
import { drawnOf, type ReportModel } from './model.ts';
import { section, sentence, when } from './parts.ts';

export function timeline(model: ReportModel): Html | null {
  const drawn = drawnOf(model);
  const rows = model.record.happened.map((event, at) => {
    const sealed = model.record.events[at];
    return html`<tr><td>${sealed?.seq ?? at + 1}</td><td>${when(model, event.at)}</td><td>${sentence(model, whatHappened(drawn, event))}
<code data-hash="${model.record.stream} ${sealed?.seq ?? 0}">${sealed?.hash ?? ''}</code></td></tr>`;
  });
  return section('timeline', 'Everything that happened', [
    html`<p>One row an event, with the hash that the event after it names and that was sealed.</p>`,
    html`<table class="timeline"><thead><tr><th scope="col">No.</th><th scope="col">When</th><th scope="col">What</th></tr></thead><tbody>${rows}</tbody></table>`,
  ]);
}

/** How the report can be checked, and what the page itself checks in its reader's browser. */

import { type Html, html, json } from '../html.ts';
import type { SealedEvent } from '../record.ts';
import type { ReportModel } from './model.ts';
import { section, when, who } from './parts.ts';

export const people = (model: ReportModel): Html | null => {
  const { happened, state } = model.record;
  const ids = [...happened.map(({ by }) => by), state.owner, ...(state.beneficiary ? [state.beneficiary] : [])];
  const known = [...new Set(ids)].filter((id) => id !== 'system').sort();
  return section('people', 'People', [
    html`<p>The record knows people by their ids in Slack; names are as Slack last said them, and as they were where somebody decided.</p>`,
    html`<ul class="people">${known.map((id) => html`<li>${who(model, id)} <code>${id}</code></li>`)}</ul>`,
  ]);
};

export function howToCheck(model: ReportModel): Html | null {
  const { checkpoint, note } = model;
  const { origin, size, root, at } = checkpoint;
  return section('proof', 'How this can be checked', [
    html`<p>Each event carries the hash of the one before it, and all events of the record are leaves of one hash tree (RFC 6962).
This pack stands under the checkpoint of ${when(model, at)}: ${size} events of ${origin}, with the root
<code data-root>${root.toString('base64')}</code>${/^— /m.test(note) ? ', signed' : ', not signed'}.
Compare the root with what was published to others at the time: nobody can change an event under it and keep the root.</p>`,
    html`<p><code>node verify.mjs --key KEY --roots FILE</code>, in the folder of this pack, checks events, texts, files, proofs,
signature and your own copies of checkpoints. README.txt says how, and what it cannot show.</p>`,
  ]);
}

/** What the page's script checks: events as they are stored, the words they name, and what proves each. */
export function embedded({ record, policies, checkpoint }: ReportModel): Html {
  const events = [...policies.events, ...record.events].map(({ text, leaf }: SealedEvent) => ({
    event: JSON.parse(text) as object,
    position: leaf.position,
    proof: leaf.proof.map((one) => one.toString('base64')),
  }));
  const contents = [...record.contents.values()].map(({ id, nonce, bytes }) => ({ id, nonce, text: bytes }));
  const { origin, size, root } = checkpoint;
  const proved = { origin, size, root: root.toString('base64'), events, contents };
  return html`<script type="application/json" id="record">${json(proved)}</script>`;
}

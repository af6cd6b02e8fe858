/** A page that stands alone: style and script are in it, and nothing of it is loaded from anywhere. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type Html, html, raw } from '../html.ts';
import { afterwards } from './after.ts';
import { asked, policyThen } from './asked.ts';
import { brief, statusOf, titleOf } from './brief.ts';
import { decisions } from './decided.ts';
import { erased, files, sources } from './known.ts';
import { edits, escalations, holds, talk } from './meanwhile.ts';
import type { ReportModel } from './model.ts';
import { when } from './parts.ts';
import { embedded, howToCheck, people } from './proof.ts';
import { timeline } from './timeline.ts';

const read = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');
const STYLE = read('style.css');
const CHECK = read('check.js');
const CHECK_HASH = createHash('sha256').update(CHECK).digest('base64');
/** Whatever got into the page could load nothing and run nothing: only this one script runs, known by its hash. */
const POLICY = `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${CHECK_HASH}'; base-uri 'none'; form-action 'none'`;

/** @param script the page's own */
export const page = (title: string, body: Html, script: Html | null): string =>
  html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${raw(STYLE)}</style>
</head>
<body>
${body}
${script}</body>
</html>
`.html;

export function report(model: ReportModel): string {
  const sections = [
    ...[asked(model), policyThen(model), decisions(model), sources(model), files(model), edits(model), talk(model)],
    ...[holds(model), escalations(model), afterwards(model), erased(model), timeline(model), people(model)],
    howToCheck(model),
  ];
  const { origin, at } = model.checkpoint;
  const title = titleOf(model);
  const body = html`<header>
<p class="of">Evidence about an exception to policy · ${origin} · as sealed ${when(model, at)}</p>
<h1>${title} <span class="status">${statusOf(model)}</span></h1>
${model.record.state.confidential && html`<p class="void">Confidential: for those who may see everything.</p>`}
<div id="verdict" role="status"><p>Not checked: scripts do not run here. <code>node verify.mjs</code>, in the folder of this pack, checks everything.</p></div>
<p class="small">This page cannot check who signed the checkpoint, whether others were shown the same root, or the files beside it; verify.mjs
does. Nor can it check the sentences and figures around the quotations: Carveout wrote them from the events. Times are those
of ${model.wiring.zone}.</p>
</header>
<main>
${brief(model)}
${sections}
</main>`;
  return page(
    title,
    body,
    html`${embedded(model)}
<script>${raw(CHECK)}</script>
`,
  );
}

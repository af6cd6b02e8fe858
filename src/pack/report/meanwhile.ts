/** What happened between asking and deciding: changes, questions, remarks, holds, escalations. */
import type { Change } from '../../core/events/content.ts';
import type { Words } from '../../core/values.ts';
import { fieldName, shownValue } from '../../slack/views/changes.ts';
import { type Html, html } from '../html.ts';
import { drawnOf, type ReportModel } from './model.ts';
import { entry, format, names, quote, section, table, when, who, wrote } from './parts.ts';

export const edits = (model: ReportModel): Html | null =>
  section(
    'changes',
    'What was changed',
    model.record.state.amendments.map(({ by, at, as, round, changes, reason, objection }) =>
      entry(
        html`${as === 'validator' ? 'Corrected' : 'Changed'} by ${who(model, by)}, ${when(model, at)}; round ${round} began`,
        table(
          ['Field', 'Before', 'After'],
          changes.map((change) => [
            fieldName(drawnOf(model), change.field),
            value(model, change.field, change.before),
            value(model, change.field, change.after),
          ]),
        ),
        reason && html`<p>Why:</p>${quote(model, reason)}`,
        objection &&
          html`<p>${who(model, objection.by)} objected, ${when(model, objection.at)}:</p>${quote(model, objection.words)}`,
      ),
    ),
  );

const value = (model: ReportModel, field: string, one: Change['before']): Html | string =>
  one !== null && typeof one === 'object' ? wrote(model, one) : shownValue(drawnOf(model), field, one);

export function talk(model: ReportModel): Html | null {
  const { questions, remarks, complaints, handovers, returned } = model.record.state;
  const asked = questions.map(({ id, by, at, words, answer, closed }) =>
    entry(
      html`Question ${id} by ${who(model, by)}, ${when(model, at)}`,
      quote(model, words),
      answer && html`<p>${who(model, answer.by)} answered, ${when(model, answer.at)}:</p>${quote(model, answer.words)}`,
      closed && html`<p>Closed unanswered by ${who(model, closed.by)}, ${when(model, closed.at)}.</p>`,
    ),
  );
  const replied = remarks.map(({ by, at, words, edited, earlier, deleted }) =>
    entry(
      html`Reply by ${who(model, by)}, ${when(model, at)}`,
      deleted
        ? html`<p><em class="gone">Deleted by whoever wrote it, ${when(model, deleted.at)}.</em></p>`
        : quote(model, words),
      edited && !deleted
        ? html`<p class="small">Edited ${when(model, edited)}. Before, it said:</p>${earlier.map((id) => before(model, id))}`
        : null,
    ),
  );
  const complained = complaints.map(({ by, at, words }) =>
    entry(html`Customer complaint, reported by ${who(model, by)}, ${when(model, at)}`, quote(model, words)),
  );
  const moved = handovers.map(({ by, at, from, to, reason }) =>
    entry(
      html`Handed over by ${who(model, by)}, ${when(model, at)}: from ${who(model, from)} to ${who(model, to)}`,
      reason && quote(model, reason),
    ),
  );
  const sentBack = returned
    ? [
        entry(
          html`Sent back by ${who(model, returned.by)}, ${when(model, returned.at)}: something was missing`,
          returned.words && quote(model, returned.words),
        ),
      ]
    : [];
  return section('talk', 'What was said', [...asked, ...sentBack, ...complained, ...moved, ...replied]);
}

/** What a reply said before it was edited. */
function before(model: ReportModel, content: string): Html {
  const found = model.record.contents.get(content);
  const words: Words = { content, nonce: found?.nonce ?? null, text: found?.bytes ?? null };
  return quote(model, words);
}

export const holds = (model: ReportModel): Html | null =>
  section(
    'holds',
    'What made approvals wait',
    model.record.state.holds.map(({ id, by, at, kind, source, words, discrepancies, pauses, released }) =>
      entry(
        html`Hold ${id}, placed by ${who(model, by)}, ${when(model, at)}: ${names.hold[kind]}${source ? ` (${source})` : ''}`,
        words && quote(model, words),
        discrepancies.length > 0
          ? table(
              ['Field', 'Source', 'Says'],
              discrepancies.flatMap(({ label, values }) =>
                values.map(({ name, value: stated }) => [label, name, wrote(model, stated)]),
              ),
            )
          : null,
        pauses ? html`<p>The deadline stood still meanwhile.</p>` : null,
        released
          ? html`<p>Released by ${who(model, released.by)}, ${when(model, released.at)}: ${names.holdOutcome[released.outcome]}.</p>${quote(model, released.words)}`
          : html`<p>It was not released.</p>`,
      ),
    ),
  );

export function escalations(model: ReportModel): Html | null {
  const rows = model.record.state.escalations.map(
    ({ kind, deadline, step, roles, priority, raisedAt, acknowledged }) => [
      names.escalation[kind],
      when(model, deadline),
      html`${when(model, raisedAt)} (${names.priority[priority].toLowerCase()})`,
      `${roles.map((role) => names.role[role]).join(', then ')}${step > 1 ? ` (step ${step})` : ''}`,
      acknowledged ? html`${who(model, acknowledged.by)}, ${when(model, acknowledged.at)}` : 'Nobody',
    ],
  );
  const columns = ['What', 'Deadline', 'Raised', 'Told', 'Acknowledged by'];
  const conflicts = model.record.state.conflicted.map((person) => who(model, person));
  return section('escalations', 'Escalations and declared interests', [
    rows.length > 0 ? table(columns, rows) : null,
    conflicts.length > 0
      ? html`<p>Declared a personal interest, and did not decide after that: ${format.all(conflicts)}.</p>`
      : null,
  ]);
}

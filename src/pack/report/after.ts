/** What became of it: carried out, learnt from, ended. */
import { type Html, html } from '../html.ts';
import type { ReportModel } from './model.ts';
import { entry, facts, format, names, quote, section, when, who, wrote } from './parts.ts';

export function afterwards(model: ReportModel): Html | null {
  const { state } = model.record;
  if (state.status !== 'approved') return null;
  const { execution, closure, check, ended } = state;
  return section('after', 'After the decision', [
    execution
      ? entry(
          html`${execution.outcome === 'done' ? 'Carried out' : 'Could not be carried out'}, says ${who(model, execution.by)}, ${when(model, execution.at)}`,
          quote(model, execution.words),
        )
      : html`<p>Nobody has said that it was carried out.</p>`,
    closure ? closed(model, closure) : html`<p>The record is not closed.</p>`,
    check &&
      entry(
        html`Did the corrective action help? ${names.effective[check.effective]}, says ${who(model, check.by)}, ${when(model, check.at)}`,
        quote(model, check.words),
      ),
    ended &&
      entry(
        html`Ended ${when(model, ended.at)}: ${ENDED[ended.how]}${ended.how === 'revoked' ? ` by ${who(model, ended.by)}` : ''}`,
        ended.words && quote(model, ended.words),
      ),
  ]);
}

const ENDED = { expired: 'its time was over', condition: 'a condition was not met', revoked: 'revoked' };

type Closure = NonNullable<Extract<ReportModel['record']['state'], { status: 'approved' }>['closure']>;

const closed = (model: ReportModel, { by, at, cause, happened, fixed, whys, action, checkOn }: Closure): Html =>
  entry(
    html`Record closed by ${who(model, by)}, ${when(model, at)}`,
    facts([
      ['Cause', model.rules.causes.find(({ id }) => id === cause)?.name ?? cause],
      ['What happened', quote(model, happened)],
      ['How it was fixed', quote(model, fixed)],
      [
        'Why, and why that',
        whys.length > 0 ? html`<ol>${whys.map((why) => html`<li>${wrote(model, why)}</li>`)}</ol>` : null,
      ],
      [
        'Corrective action',
        action && html`${wrote(model, action.words)} (${who(model, action.owner)}, by ${format.day(action.due)})`,
      ],
      ['To be looked at again on', checkOn && format.day(checkOn)],
    ]),
  );

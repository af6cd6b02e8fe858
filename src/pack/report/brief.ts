/** The whole story in a few sentences. */
import { type Approval, approvalOf } from '../../core/request.ts';
import { ruleName, statusName } from '../../slack/views/drawn.ts';
import { type Html, html } from '../html.ts';
import { drawnOf, type ReportModel } from './model.ts';
import { format, names, onDay, who } from './parts.ts';

export const statusOf = (model: ReportModel): string => statusName(drawnOf(model));
/** `EX-12: Refund window` */
export const titleOf = (model: ReportModel): string => `EX-${model.record.number}: ${ruleName(drawnOf(model))}`;

export function brief(model: ReportModel): Html {
  const { state } = model.record;
  const how =
    state.deviation === null ? 'by a measure that has no percentage' : `by ${format.percent(state.deviation)}`;
  return html`<p class="brief">${who(model, state.requester)} asked on ${onDay(model, state.submittedAt)} to deviate ${how} from the rule
“${ruleName(drawnOf(model))}”, at a value of ${format.money(state.value, state.currency)}. ${decided(model)} ${after(model)}</p>`;
}

function decided(model: ReportModel): Html {
  const { state } = model.record;
  const confirmed = approvalOf(state, 'validation');
  const details = confirmed
    ? html`${by(model, confirmed)} confirmed the details on ${onDay(model, confirmed.at)}. `
    : null;
  switch (state.status) {
    case 'in_review':
      return html`${details}It was not decided when this was sealed.`;
    case 'rejected':
      return html`${details}${by(model, state.rejection)} rejected it on ${onDay(model, state.at)}.`;
    case 'withdrawn':
      return html`${details}${who(model, state.by)} withdrew it on ${onDay(model, state.at)}.`;
    case 'approved': {
      const authorized = approvalOf(state, 'authorization');
      return html`${details}${authorized ? by(model, authorized) : null} authorized it on ${onDay(model, state.at)}.`;
    }
    default:
      return state satisfies never;
  }
}

const by = (model: ReportModel, { by, authority }: Approval): string =>
  authority.onBehalfOf === null ? who(model, by) : names.inPlaceOf(who(model, by), who(model, authority.onBehalfOf));

function after(model: ReportModel): Html | null {
  const { state } = model.record;
  if (state.status !== 'approved') return null;
  const { execution, closure, ended } = state;
  const done = execution?.outcome === 'done';
  return html`${execution && html`${done ? 'It was carried out' : 'It could not be carried out'}, reported on ${onDay(model, execution.at)}. `}${
    closure && html`The record was closed on ${onDay(model, closure.at)}. `
  }${ended && html`It ended on ${onDay(model, ended.at)}.`}`;
}

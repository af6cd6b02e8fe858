/** Who decided what, by what right, why, and on which facts. */
import type { Approval, Condition } from '../../core/request.ts';
import { type Html, html } from '../html.ts';
import type { ReportModel } from './model.ts';
import { entry, facts, format, hash, names, quote, said, section, when, who, wrote } from './parts.ts';

const WHAT = {
  validation: { approved: 'Details confirmed', rejected: 'Rejected while the details were checked' },
  authorization: { approved: 'Authorized', rejected: 'Rejected' },
};

export function decisions(model: ReportModel): Html | null {
  const { state } = model.record;
  const approvals = state.approvals.map((decision) => ({ at: decision.at, shown: given(model, decision, 'approved') }));
  const rejection =
    state.status === 'rejected' ? [{ at: state.at, shown: given(model, state.rejection, 'rejected') }] : [];
  const takenBack = state.takenBack.map(({ by, at, round, reason }) => ({
    at,
    shown: entry(
      html`Confirmation of round ${round} taken back by ${who(model, by)}, ${when(model, at)}`,
      quote(model, reason),
    ),
  }));
  const all = [...approvals, ...rejection, ...takenBack].sort((a, b) => (a.at < b.at ? -1 : 1));
  return section('decisions', 'Who decided', [
    all.length === 0 ? html`<p>Nobody has decided anything yet.</p>` : null,
    ...all.map(({ shown }) => shown),
    ...picked(model),
    ...(state.status === 'withdrawn' ? [withdrawn(model, state)] : []),
  ]);
}

function given(model: ReportModel, decision: Approval, outcome: 'approved' | 'rejected'): Html {
  const { by, at, stage, round, authority, rationale, checks, snapshots, contentHash } = decision;
  const { state } = model.record;
  const { role, group, source, confirmedAt, displayName, tierLimit, onBehalfOf } = authority;
  const ticked = checks.map((id) => model.rules.checklist.find((check) => check.id === id)?.text ?? id);
  return entry(
    html`${WHAT[stage][outcome]} by ${who(model, by)}, ${when(model, at)}`,
    round === state.round
      ? null
      : html`<p class="void">It counts no more: the request changed after it (round ${round}).</p>`,
    quote(model, rationale),
    facts([
      [
        'By what right',
        html`As one of ${names.role[role]}: ${source === 'slack' ? 'member of the Slack group' : 'listed in the policy'} ${
          source === 'slack' ? hash(group) : null
        }, last confirmed ${when(model, confirmedAt)}`,
      ],
      ['Name at the time', displayName],
      ['In place of', onBehalfOf && who(model, onBehalfOf)],
      ['Up to', tierLimit === null ? 'no limit' : format.money(tierLimit, state.currency)],
      ['Checked', ticked.length > 0 ? html`<ul>${ticked.map((text) => html`<li>${text}</li>`)}</ul>` : null],
      ['Facts it was made on', onWhat(model, snapshots)],
      ['Given to the content with the hash', hash(contentHash)],
    ]),
    ...state.conditions.filter((one) => one.by === by && one.round === round).map((one) => condition(model, one)),
    outcome === 'approved' && stage === 'authorization' && state.status === 'approved' && state.validity
      ? html`<p>Good from ${format.day(state.validity.from)} until ${format.day(state.validity.until)}, both days included.</p>`
      : null,
  );
}

function onWhat({ record }: ReportModel, ids: string[]): Html | string {
  const known = ids.flatMap((id) => record.state.snapshots.find(({ content }) => content?.content === id) ?? []);
  if (known.length === 0) return 'No source had said anything.';
  const links = known.map(
    ({ name, moment, content }) =>
      html`<li><a href="#s-${content?.content ?? ''}">${name}</a>, ${said.moment[moment]}</li>`,
  );
  return html`<ul>${links}</ul>`;
}

const condition = (model: ReportModel, { id, text, owner, due, met }: Condition): Html =>
  html`<div class="condition"><p>Condition ${id}, owed by ${who(model, owner)} by ${format.day(due)}:</p>${quote(model, text)}${
    met
      ? html`<p>Met, says ${who(model, met.by)}, ${when(model, met.at)}${met.words ? html`: ${wrote(model, met.words)}` : '.'}</p>`
      : html`<p>Nobody has said that it is met.</p>`
  }</div>`;

/** What was decided about its way. */
function picked(model: ReportModel): Html[] {
  const { tierPicked, expedited, reroutes } = model.record.state;
  return [
    ...(tierPicked
      ? [
          entry(
            html`Tier picked by ${who(model, tierPicked.by)}, ${when(model, tierPicked.at)}: ${names.tier[tierPicked.tier]}`,
            quote(model, tierPicked.reason),
          ),
        ]
      : []),
    ...(expedited
      ? [
          entry(
            html`Expedited by ${who(model, expedited.by)}, ${when(model, expedited.at)}`,
            quote(model, expedited.justification),
          ),
        ]
      : []),
    ...reroutes.map(({ by, at, from, to, reason }) =>
      entry(
        html`Given to the next tier by ${who(model, by)}, ${when(model, at)}: from ${names.tier[from]} to ${names.tier[to]}`,
        quote(model, reason),
      ),
    ),
  ];
}

const withdrawn = (
  model: ReportModel,
  { by, at, reason }: Extract<ReportModel['record']['state'], { status: 'withdrawn' }>,
): Html => entry(html`Withdrawn by ${who(model, by)}, ${when(model, at)}`, reason && quote(model, reason));

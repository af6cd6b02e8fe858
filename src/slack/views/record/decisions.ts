/** Who decided what, why, and what they had checked; also what counts no more. */
import type { KnownBlock } from '@slack/types';
import type { Approval } from '../../../core/request.ts';
import { date } from '../../mrkdwn.ts';
import { context, says } from '../blocks.ts';
import { type Drawn, decidedBy, nameOf, wordsOf } from '../drawn.ts';
import { wroteInFull } from './texts.ts';

/** What the validator ticked of the policy's checklist. */
export function ticked(drawn: Drawn, { checks }: Pick<Approval, 'checks'>): KnownBlock[] {
  const texts = checks.map((id) => drawn.rules.checklist.find((check) => check.id === id)?.text ?? id);
  return texts.length > 0 ? [context(wordsOf(drawn).record.ticked(texts))] : [];
}

/** One entry a decision, those of earlier rounds included, with what was taken back. */
export function decisions(drawn: Drawn): KnownBlock[][] {
  const { state } = drawn;
  const { dm, record } = wordsOf(drawn);
  const took = state.takenBack.map(({ by, at, reason }) => ({
    at,
    blocks: wroteInFull(drawn, record.tookBack(nameOf(drawn, by), date(at)), reason),
  }));
  const approved = state.approvals.map((approval) => ({ at: approval.at, blocks: given(drawn, approval, true) }));
  const rejected =
    state.status === 'rejected' ? [{ at: state.rejection.at, blocks: given(drawn, state.rejection, false) }] : [];
  const withdrawn =
    state.status === 'withdrawn' && state.reason
      ? [
          {
            at: state.at,
            blocks: wroteInFull(drawn, dm.withdrawnBy(nameOf(drawn, state.by), date(state.at)), state.reason),
          },
        ]
      : [];
  const all = [...approved, ...took, ...rejected, ...withdrawn].sort((a, b) => (a.at < b.at ? -1 : 1));
  return [...all.map(({ blocks }) => blocks), ...placed(drawn)];
}

function given(drawn: Drawn, decision: Approval, approved: boolean): KnownBlock[] {
  const { dm, record } = wordsOf(drawn);
  const { at, stage, round, rationale } = decision;
  const counts = round === drawn.state.round;
  return [
    ...wroteInFull(drawn, dm.wrote(decidedBy(drawn, decision), stage, approved, date(at)), rationale),
    ...ticked(drawn, decision),
    ...(counts ? [] : [context(record.earlierRound)]),
  ];
}

/** What was decided about its way: the tier that operations picked, and that it goes faster. */
function placed(drawn: Drawn): KnownBlock[][] {
  const { expedited } = drawn.state;
  const { record } = wordsOf(drawn);
  return [
    ...pickedTier(drawn),
    ...(expedited
      ? [wroteInFull(drawn, record.expedited(nameOf(drawn, expedited.by), date(expedited.at)), expedited.justification)]
      : []),
  ];
}

/** The tier that operations picked, and why. */
export function pickedTier(drawn: Drawn): KnownBlock[][] {
  const { tierPicked } = drawn.state;
  if (!tierPicked) return [];
  const { decision, record } = wordsOf(drawn);
  const by = nameOf(drawn, tierPicked.by);
  return [
    [
      says(record.pickedTier(by, date(tierPicked.at), tierPicked.tier)),
      ...wroteInFull(drawn, decision.because(by), tierPicked.reason),
    ],
  ];
}

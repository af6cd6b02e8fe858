/** What the sources said, and what approvals wait for because of it. */
import { workingBetween } from '../calendar.ts';
import type { Context, Of, Outcome } from '../command.ts';
import { type Discrepancy, HOLD_OUTCOMES, type StoredReading } from '../events/holds.ts';
import { type EventOf, type Recorded, SYSTEM } from '../events.ts';
import { requiredSources } from '../inputs.ts';
import type { Rules } from '../policy.ts';
import { isRefusal, refuse } from '../refusal.ts';
import {
  approvalOf,
  customerSince,
  type ExceptionRequest,
  type Hold,
  type InReview,
  openHolds,
  snapshotsNow,
} from '../request.ts';
import { after, calendarOf, stoodSince } from '../sla.ts';
import { HOLD_ROLE, holds, isOneWith, mayActAs, mayDecide, over } from '../standing.ts';
import type { HoldKind, Instant } from '../values.ts';

/** Keeps what the sources said, and places the holds that follow from it. What is decided is left alone. */
export function recordSources(
  state: ExceptionRequest,
  { by, at, moment, readings, discrepancies }: Of<'record_sources'>,
  { policy: { rules } }: Context,
): Outcome {
  if (state.status !== 'in_review' || readings.length === 0) return [];
  const released = answered(state, readings, at, rules);
  const events: Recorded[] = [{ type: 'sources_read', by, at, moment, readings }, ...released];
  let hold = state.holds.length;
  let dueAt = released.findLast(({ dueAt }) => dueAt !== null)?.dueAt ?? state.dueAt;
  for (const { source } of unavailable(state, readings, rules)) {
    dueAt = after(rules, state, dueAt, rules.data_unavailable_extension);
    events.push(placed(at, ++hold, 'data_unavailable', { source, dueAt, ...pausing('data_unavailable', rules) }));
  }
  const fresh = unheard(state, discrepancies);
  if (fresh.length > 0)
    events.push(
      placed(at, ++hold, 'data_conflict', { dueAt, discrepancies: fresh, ...pausing('data_conflict', rules) }),
    );
  return events;
}

type Details = { dueAt: Instant; pauses: boolean } & Partial<Pick<Hold, 'source' | 'words' | 'discrepancies'>>;
const placed = (at: Instant, hold: number, kind: HoldKind, details: Details, by: string = SYSTEM): Recorded => ({
  type: 'hold_placed',
  by,
  at,
  hold,
  kind,
  source: null,
  words: null,
  discrepancies: [],
  ...details,
});

const pausing = (kind: HoldKind, rules: Rules) => ({ pauses: rules.holds_pause.includes(kind) });

/** The deadline as it runs on after the last hold for which it stood still; null where it does not begin to run again. */
function resumed(state: InReview, hold: Hold, left: Hold[], at: Instant, rules: Rules): Instant | null {
  if (!hold.pauses || left.some(({ pauses }) => pauses)) return null;
  const since = stoodSince(state, hold.at);
  // One that had passed by then cannot be kept any more.
  if (state.dueAt <= since) return null;
  return after(rules, state, state.dueAt, workingBetween(calendarOf(rules, state), since, at));
}

/** Sources that the category cannot do without and that said nothing. Each holds a request up once a customer. */
function unavailable(state: InReview, readings: StoredReading[], rules: Rules): StoredReading[] {
  const needed = requiredSources(rules, state);
  const since = customerSince(state);
  const held = state.holds.filter(({ at }) => at >= since).map(({ source }) => source);
  return readings.filter(
    ({ source, outcome }) => outcome !== 'ok' && needed.includes(source) && !held.includes(source),
  );
}

/** Discrepancies that no hold is about yet: what was resolved is not asked again while the sources say the same. */
function unheard(state: InReview, discrepancies: Discrepancy[]): Discrepancy[] {
  const known = new Set(state.holds.flatMap((hold) => hold.discrepancies.map(saying)));
  return discrepancies.filter((discrepancy) => !known.has(saying(discrepancy)));
}

/** By content ids, since no command reads the words of what came before it: what is said again keeps its id. */
const saying = ({ field, values }: Discrepancy): string =>
  JSON.stringify([field, ...values.map(({ source, value }) => [source, value.content]).sort()]);

/** A source that answers after all ends the hold it caused. */
function answered(state: InReview, readings: StoredReading[], at: Instant, rules: Rules): EventOf<'hold_released'>[] {
  const ok = readings.filter(({ outcome, content }) => outcome === 'ok' && content !== null);
  const over = openHolds(state).flatMap((hold) => {
    const words = hold.by === SYSTEM && ok.find(({ source }) => source === hold.source)?.content;
    return words ? [{ hold, words }] : [];
  });
  return over.map(({ hold, words }, index) => {
    const left = openHolds(state).filter((each) => !over.slice(0, index + 1).some((before) => before.hold === each));
    const dueAt = resumed(state, hold, left, at, rules);
    return { type: 'hold_released', by: SYSTEM, at, hold: hold.id, outcome: 'answered', words, dueAt };
  });
}

/** A person says that data is missing or contradicts itself, or that a rule from outside applies. */
export function placeHold(
  state: ExceptionRequest,
  { by, at, kind, source, words }: Of<'place_hold'>,
  { policy: { rules }, standing }: Context,
): Outcome {
  if (state.status !== 'in_review') return over(state);
  const deciding = mayDecide(state, by, standing, rules);
  const acting = mayActAs(state, by, standing, HOLD_ROLE[kind], rules);
  const supervising = holds(standing, 'ops_supervisors') && !(isRefusal(acting) && acting.why === 'self_approval');
  if (isRefusal(deciding) && isRefusal(acting) && !supervising) return deciding;
  if (!words.text?.trim()) return refuse({ why: 'rationale_missing' });
  const before = state.holds.some((hold) => hold.kind === 'data_unavailable' && hold.source === source);
  const moves = kind === 'data_unavailable' && !before;
  const dueAt = moves ? after(rules, state, state.dueAt, rules.data_unavailable_extension) : state.dueAt;
  return [placed(at, state.holds.length + 1, kind, { source, words, dueAt, ...pausing(kind, rules) }, by)];
}

export function releaseHold(
  state: ExceptionRequest,
  { by, at, hold: id, outcome, words }: Of<'release_hold'>,
  { policy: { rules }, standing, contentHash }: Context,
): Outcome {
  const hold = state.holds.find((each) => each.id === id);
  if (!hold) return refuse({ why: 'no_such_hold' });
  if (hold.released) return refuse({ why: 'hold_released', by: hold.released.by, at: hold.released.at });
  if (state.status !== 'in_review') return over(state);
  const authority = mayActAs(state, by, standing, HOLD_ROLE[hold.kind], rules);
  if (isRefusal(authority)) return authority;
  if (!(HOLD_OUTCOMES[hold.kind] as readonly string[]).includes(outcome)) return refuse({ why: 'outcome_unfit' });
  if (!words.text?.trim()) return refuse({ why: 'rationale_missing' });
  const left = openHolds(state).filter((each) => each !== hold);
  const dueAt = resumed(state, hold, left, at, rules);
  const released: Recorded = { type: 'hold_released', by, at, hold: id, outcome, words, dueAt };
  if (outcome !== 'must_not') return [released];
  const { round, stage } = state;
  const confirmed = approvalOf(state, 'validation')?.by;
  if (isOneWith(standing, by, confirmed)) return refuse({ why: 'same_person', stage });
  const decision = { round, stage, rationale: words, contentHash, authority, snapshots: snapshotsNow(state) };
  return [released, { type: 'stage_rejected', by, at, ...decision }];
}

/** Nobody can fetch the file any more; what was kept stays kept. */
export function loseEvidence(state: ExceptionRequest, { type, ...facts }: Of<'lose_evidence'>): Outcome {
  const settled = [...state.keptFiles, ...state.lostFiles].some(({ id }) => id === facts.file);
  return settled ? [] : [{ type: 'evidence_lost', ...facts }];
}

/** A file's bytes were kept; once a file. */
export function keepEvidence(state: ExceptionRequest, { type, ...facts }: Of<'keep_evidence'>): Outcome {
  if (state.keptFiles.some(({ id }) => id === facts.file)) return [];
  return [{ type: 'evidence_kept', ...facts }];
}

/** What an approver must not overlook, in a few words each; and what approvals wait for. */
import type { KnownBlock } from '@slack/types';
import type { Change } from '../../core/events/content.ts';
import { SYSTEM } from '../../core/events.ts';
import {
  type ExceptionRequest,
  type Hold,
  latestSnapshots,
  needsTier,
  openHolds,
  openQuestion,
} from '../../core/request.ts';
import { factsFrom } from '../../core/sources.ts';
import { HOLD_ROLE } from '../../core/standing.ts';
import { LIMIT, truncate } from '../limits.ts';
import { bold, type Line, line, said } from '../mrkdwn.ts';
import { context, says, section } from './blocks.ts';
import { changesBriefly, netChanges } from './changes.ts';
import { type Drawn, isVeiled, nameOf, plainName, role, wordsOf } from './drawn.ts';
import { QUOTE, quotedShort } from './quotes.ts';
import { shortages } from './shortage.ts';

/** Of each list at most; the rest is counted, and stands behind Details. */
const SHOWN = { numbers: 3, missing: 5, holds: 3, discrepancies: 3, facts: 4 } as const;
/** Code points of a value that a source gave. */
const VALUE = 60;
/** Code points of why an input is needed, and of its example. */
const SPECIFIED = 150;
/** Code points of all notes together. */
const NOTES = 900;

export function notes(drawn: Drawn): KnownBlock[] {
  const all = [...(isVeiled(drawn) ? [] : ofContent(drawn)), ...ofProcedure(drawn)];
  return all.length > 0 ? [section(truncate(wordsOf(drawn).card.note(all), NOTES))] : [];
}

/** What the request itself says or came to say. */
function ofContent(drawn: Drawn): string[] {
  const { state } = drawn;
  const { notes: say } = wordsOf(drawn).card;
  const kept = state.files.length;
  return [
    ...(state.alreadyHappened ? [say.alreadyHappened] : []),
    ...(state.askedBefore === null ? [] : [say.askedBefore(state.askedBefore)]),
    ...(state.renews ? [wordsOf(drawn).endings.renewsNote(state.renews.number, state.renews.times)] : []),
    ...together(drawn),
    ...edits(drawn),
    ...(kept > 0 ? [say.files(kept)] : []),
  ];
}

function together(drawn: Drawn): string[] {
  const { exposure, currency } = drawn.state;
  if (!exposure) return [];
  const { card, format } = wordsOf(drawn);
  const { numbers, deviation, value } = exposure;
  const shown = numbers.slice(0, SHOWN.numbers);
  return [card.notes.together(shown, numbers.length - shown.length, deviation, format.money(value, currency))];
}

function edits(drawn: Drawn): string[] {
  const { amendments } = drawn.state;
  const { notes: say } = wordsOf(drawn).card;
  const said = (changes: Change[], sentence: (changes: string[]) => string) =>
    changes.length > 0 ? [sentence(changesBriefly(drawn, changes))] : [];
  const corrections = amendments.filter(({ as }) => as === 'validator');
  const last = corrections.at(-1);
  return [
    ...said(netChanges(amendments.filter(({ as }) => as === 'owner')), say.changed),
    ...(last ? said(netChanges(corrections), (all) => say.corrected(plainName(drawn, last.by), all)) : []),
    ...(last?.objection ? [say.objected] : []),
  ];
}

/** What was done about it. */
function ofProcedure(drawn: Drawn): string[] {
  const { state } = drawn;
  const { notes: say } = wordsOf(drawn).card;
  const voided = state.approvals.filter(({ round }) => round < state.round).length;
  const givenUp = state.questions.some(({ closed, answer }) => closed && !answer);
  const made = state.remarks.filter(({ deleted }) => !deleted).length;
  return [
    ...(voided > 0 ? [say.voided(voided)] : []),
    ...(state.tierPicked ? [say.picked(plainName(drawn, state.tierPicked.by))] : []),
    ...(state.expedited ? [say.expedited(plainName(drawn, state.expedited.by))] : []),
    ...(state.complaints.length > 0 ? [say.complaint(state.complaints.length)] : []),
    ...(openQuestion(state) ? [say.unanswered] : givenUp ? [say.givenUp] : []),
    ...(state.conflicted.length > 0
      ? [say.conflicted(state.conflicted.map((person) => plainName(drawn, person)))]
      : []),
    ...(made > 0 ? [say.remarks(made)] : []),
  ];
}

/** What is gone from the record of what is over. */
export function erased(drawn: Drawn): KnownBlock[] {
  const { card, names } = wordsOf(drawn);
  const gone = [...new Set(drawn.state.erasures.flatMap(({ what }) => what))].map((part) => names.part[part]);
  return gone.length > 0 ? [context(card.erased(gone))] : [];
}

/** What approvals wait for: that the request is completed, a tier is picked, or holds are cleared up. */
export function standstill(drawn: Drawn): KnownBlock[] {
  const { state } = drawn;
  if (state.status !== 'in_review') return [];
  const { card } = wordsOf(drawn);
  const open = openHolds(state);
  const left = open.length - SHOWN.holds;
  return [
    ...returned(drawn, state),
    ...(needsTier(state) ? [says(line`${card.noTier(role(drawn, 'operations'))}`)] : []),
    ...open.slice(0, SHOWN.holds).flatMap((hold) => held(drawn, hold)),
    ...(left > 0 ? [context(card.more(left))] : []),
    ...shortages(drawn),
  ];
}

function returned(drawn: Drawn, { returned }: ExceptionRequest): KnownBlock[] {
  if (!returned) return [];
  const { card } = wordsOf(drawn);
  const by = returned.by === SYSTEM ? null : nameOf(drawn, returned.by);
  if (isVeiled(drawn)) return [says(card.returned(by, false))];
  const left = returned.missing.length - SHOWN.missing;
  return [
    says(card.returned(by, true)),
    ...returned.missing.slice(0, SHOWN.missing).map((id) => says(missingInput(drawn, id, SPECIFIED))),
    ...(left > 0 ? [context(card.more(left))] : []),
    ...(returned.words ? quotedShort(drawn, returned.words, QUOTE.card, 'cutShort') : []),
  ];
}

/** What is missing, why it is needed, and an example; a field of the form by its name alone. */
export function missingInput(drawn: Drawn, id: string, limit: number = LIMIT.inputLength): Line {
  const input = drawn.rules.inputs.find((each) => each.id === id);
  if (!input) return line`${bold(inputName(drawn, id))}`;
  const { told } = wordsOf(drawn);
  return told.missing(input.name, truncate(input.why, limit), truncate(input.example, limit));
}

/** An input of the policy, or a field of the form that a validator finds wanting. */
export function inputName(drawn: Drawn, id: string): string {
  const fields: Readonly<Record<string, string>> = wordsOf(drawn).label;
  return drawn.rules.inputs.find((input) => input.id === id)?.name ?? fields[id] ?? id;
}

export const sourceName = (drawn: Drawn, id: string): string => {
  const named = drawn.state.snapshots.findLast(({ source }) => source === id);
  return named?.name ?? drawn.wiring.sources[id]?.name ?? id;
};

/** One hold: why, who clears it up, and what was said of it. */
export function held(drawn: Drawn, hold: Hold): KnownBlock[] {
  const { card, names } = wordsOf(drawn);
  const source = hold.source === null ? null : sourceName(drawn, hold.source);
  const sentence = card.hold(names.hold[hold.kind], source, role(drawn, HOLD_ROLE[hold.kind]));
  if (isVeiled(drawn)) return [says(sentence)];
  const sides = hold.discrepancies.slice(0, SHOWN.discrepancies).map(({ label, values }) =>
    card.discrepancy(
      label,
      values.map(({ name, value }) => card.saysOf(name, truncate(said(value, names.removed), VALUE))),
    ),
  );
  const left = hold.discrepancies.length - sides.length;
  return [
    says(sentence),
    ...sides.map((side) => context(side)),
    ...(left > 0 ? [context(card.more(left))] : []),
    ...(hold.words ? quotedShort(drawn, hold.words, QUOTE.card, 'cutShort') : []),
  ];
}

/** What the sources said last: a few facts, by source. */
export function snapshotFacts(drawn: Drawn): KnownBlock[] {
  if (isVeiled(drawn)) return [];
  const { card, names } = wordsOf(drawn);
  let room: number = SHOWN.facts;
  return latestSnapshots(drawn.state).flatMap(({ name, outcome, content }) => {
    if (outcome !== 'ok')
      return [context(card.source(name, [card[outcome === 'failed' ? 'sourceFailed' : 'sourceUnknown']]))];
    if (!content || room === 0) return [];
    if (content.text === null) return [context(card.source(name, [names.removed]))];
    const reading = factsFrom(content.text);
    const facts = reading.outcome === 'ok' ? reading.facts.slice(0, room) : [];
    room -= facts.length;
    return facts.length > 0
      ? [
          context(
            card.source(
              name,
              facts.map(({ label, value }) => `${label} ${truncate(value, VALUE)}`),
            ),
          ),
        ]
      : [];
  });
}

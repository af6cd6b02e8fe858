/** What the sources said about the customer, and what of it has changed. */
import type { KnownBlock } from '@slack/types';
import { driftOf, readingOf } from '../../../core/drift.ts';
import type { Snapshot } from '../../../core/request.ts';
import { latestSnapshots } from '../../../core/request.ts';
import { date } from '../../mrkdwn.ts';
import { context, facts, says, section, typedField } from '../blocks.ts';
import { type Drawn, wordsOf } from '../drawn.ts';

/** One entry a source and moment, the oldest first. */
export const snapshotEntries = (drawn: Drawn, snapshots: Snapshot[] = drawn.state.snapshots): KnownBlock[][] =>
  snapshots.map((snapshot) => entry(drawn, snapshot));

/** What each source said last. */
export const saidLast = (drawn: Drawn): KnownBlock[][] => snapshotEntries(drawn, latestSnapshots(drawn.state));

function entry(drawn: Drawn, snapshot: Snapshot): KnownBlock[] {
  const { record } = wordsOf(drawn);
  const { name, at, moment } = snapshot;
  const reading = readingOf(snapshot);
  const sentence = says(record.read[reading.outcome](name, date(at), record.moment[moment]));
  // For operations: it says what to look at, and holds neither secret nor customer.
  if (reading.outcome === 'failed' && reading.because) return [sentence, context(reading.because)];
  if (reading.outcome !== 'ok') return [sentence];
  return [sentence, ...facts(reading.facts.map(({ label, value }) => typedField(label, value)))];
}

/** What the sources say now and said otherwise when it was asked for. */
export function drift(drawn: Drawn): KnownBlock[] {
  const { decision } = wordsOf(drawn);
  const changed = driftOf(drawn.state);
  if (changed.length === 0) return [];
  const lines = changed.map(({ name, label, before, after }) => decision.drift(name, label, before, after));
  return [section(decision.sinceSubmission), ...lines.map((each) => section(each))];
}

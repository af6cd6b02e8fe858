/** What the sources said, read back from the record, and what of it is otherwise than when the request was made. */
import { type ExceptionRequest, latestSnapshots, type Snapshot } from './request.ts';
import { type Change, changesBetween, factsFrom, type Reading } from './sources.ts';

/** What a source said then; where its words were erased, as if it had given no answer. */
export function readingOf({ source, name, outcome, content }: Snapshot): Reading {
  if (content?.text) return { source, name, ...factsFrom(content.text) };
  return outcome === 'not_found' ? { source, name, outcome } : { source, name, outcome: 'failed', because: '' };
}

/** What sources say now and said otherwise when the request was submitted, or when they first answered after it. */
export function driftOf(state: ExceptionRequest): Change[] {
  const first = new Map<string, Reading>();
  for (const snapshot of state.snapshots) {
    const known = first.get(snapshot.source);
    if (!known || known.outcome === 'failed') first.set(snapshot.source, readingOf(snapshot));
  }
  return changesBetween([...first.values()], latestSnapshots(state).map(readingOf));
}

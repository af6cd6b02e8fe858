/** What of a request can be erased, part by part: every word that its events refer to, and the bytes of its files. */
import type { Part } from './events/audit.ts';
import type { Recorded } from './events.ts';
import type { Words } from './values.ts';

/** Ids of contents; of files, the SHA-256 of their bytes. What is gone already is not among them. */
export type Erasable = Readonly<Record<Part, readonly string[]>>;

/** Why somebody decided as they did. The rest of what people wrote is not needed to judge a decision. */
const REASONS: Partial<Record<Recorded['type'], readonly string[]>> = {
  corrected: ['reason'],
  tier_picked: ['reason'],
  stage_approved: ['rationale', 'conditions'],
  stage_rejected: ['rationale'],
  confirmation_taken_back: ['reason'],
  rerouted: ['reason'],
  expedited: ['justification'],
  hold_placed: ['words'],
  hold_released: ['words'],
  revoked: ['words'],
};
const SOURCES: Partial<Record<Recorded['type'], readonly string[]>> = {
  sources_read: ['readings'],
  hold_placed: ['discrepancies'],
};

/** @param path names of the fields that lead to the words, `changes` without the place in the list */
function partOf({ type }: Recorded, path: readonly string[], parent: object): Exclude<Part, 'files'> {
  const [field = ''] = path;
  if (path.at(-1) === 'customer' || ('field' in parent && parent.field === 'customer' && field === 'changes'))
    return 'customer';
  if (SOURCES[type]?.includes(field)) return 'sources';
  return REASONS[type]?.includes(field) ? 'reasons' : 'words';
}

/** @param events all of a request, in order; their words need not be there */
export function erasableOf(events: readonly Recorded[]): Erasable {
  const found = { customer: new Set(), words: new Set(), sources: new Set(), reasons: new Set(), files: new Set() };
  const kept = found as Record<Part, Set<string>>;
  for (const event of events) {
    // Why something was erased stays: it is what tells of it.
    if (event.type === 'erased') continue;
    for (const { words, path, parent } of wordsIn(event)) kept[partOf(event, path, parent)].add(words.content);
    if (event.type === 'evidence_kept') kept.files.add(event.sha256);
  }
  for (const id of goneFrom(events)) for (const ids of Object.values(kept)) ids.delete(id);
  // A hold that a source's answer releases quotes the source.
  for (const id of kept.sources) kept.reasons.delete(id);
  return Object.fromEntries(Object.entries(kept).map(([part, ids]) => [part, [...ids]])) as Record<Part, string[]>;
}

/** What was erased before, and replies that their writers deleted. */
function goneFrom(events: readonly Recorded[]): string[] {
  const deleted = new Set(events.flatMap((event) => (event.type === 'remark_deleted' ? [placeOf(event)] : [])));
  return events.flatMap((event) => {
    if (event.type === 'erased') return [...event.contents, ...event.files];
    const isReply = event.type === 'remark_made' || event.type === 'remark_edited';
    return isReply && deleted.has(placeOf(event)) ? [event.words.content] : [];
  });
}
const placeOf = ({ channel, ts }: { channel: string; ts: string }): string => `${channel}/${ts}`;

type Found = { words: Words; path: string[]; parent: object };

function wordsIn(value: unknown, path: string[] = [], parent: object = {}): Found[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((item) => wordsIn(item, path, parent));
  if (isWords(value)) return [{ words: value, path, parent }];
  return Object.entries(value).flatMap(([key, inner]) => wordsIn(inner, [...path, key], value));
}

const isWords = (value: object): value is Words => 'content' in value && 'nonce' in value && 'text' in value;

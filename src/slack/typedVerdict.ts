/** Whether a reply reads as if it decided: it never does, and who writes one should know. */

const DECIDES = new Set([
  ...['approve', 'approved', 'approving', 'authorize', 'authorized', 'authorise', 'authorised', 'lgtm'],
  ...['reject', 'rejected', 'rejecting', 'deny', 'denied', 'decline', 'declined'],
]);
/** Written as one word once the spaces are gone. */
const PHRASES: readonly (readonly [RegExp, string])[] = [
  [/\b(?:ok|okay|good|cleared?|fine) to (?:proceed|go)\b/g, 'approved'],
  [/\bgo ahead\b/g, 'approved'],
  [/\bsigned off\b/g, 'approved'],
  [/\bgreen light\b/g, 'approved'],
  [/\bex-?\d+\b/g, 'it'],
];
/** What may stand beside such a word without making it about something else. */
const BESIDE = new Set(
  (
    'i we it its this that is are am be hereby fully yes yep no not ok okay sure fine good great thanks thank you all ' +
    'the a request exception from on my our side part end me us by and so done now for'
  ).split(' '),
);
const MOST_WORDS = 8;

/** "Approved", "I approve this", "ok to proceed"; not "please approve", "approved?", "legal approved the old one". */
export function readsAsDecision(text: string): boolean {
  if (text.includes('?')) return false;
  const plain = text
    .toLowerCase()
    .replaceAll(/:[\w+-]+:/g, ' ')
    .replaceAll(/@\S+/g, ' ');
  const words = PHRASES.reduce((all, [pattern, instead]) => all.replaceAll(pattern, instead), plain)
    .split(/[^\p{L}\p{N}-]+/u)
    .filter((word) => word !== '');
  if (words.length === 0 || words.length > MOST_WORDS) return false;
  return words.some((word) => DECIDES.has(word)) && words.every((word) => DECIDES.has(word) || BESIDE.has(word));
}

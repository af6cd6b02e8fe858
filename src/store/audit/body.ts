/** What an event says, as the text that was hashed: in its canonical form, with no blanks. */

/** Words by their id alone. Nothing a person typed can look like it: its quotes would be escaped. */
const WORDS = /\{"content":"([^"\\]*)"\}/g;

/** @returns the ids of the words in it */
export function wordsIn(body: string): string[] {
  // Most of what there is says nothing in words.
  if (!body.includes('{"content"')) return [];
  const ids: string[] = [];
  for (let found = WORDS.exec(body); found; found = WORDS.exec(body)) ids.push(found[1] ?? '');
  return ids;
}

/** @returns what it says, where words have the fields that schemas ask for, as null @throws SyntaxError */
export const readBody = (body: string): object =>
  JSON.parse(body.replace(WORDS, '{"content":"$1","nonce":null,"text":null}'));

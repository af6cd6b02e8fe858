/** What somebody wrote in Slack, from its markup to the words as they were read. */

const ANGLED = /<([^<>]*)>/g;

/** Ids of the people whom a message names. */
export const peopleNamed = (text: string): string[] => [
  ...new Set([...text.matchAll(/<@([A-Z0-9]+)(?:\|[^<>]*)?>/g)].map(([, id]) => id ?? '')),
];

/** @param names display names by Slack user id; of anybody else the id is shown */
export const wordsFromMarkup = (text: string, names: Readonly<Record<string, string>>): string =>
  unescaped(text.replaceAll(ANGLED, (_whole, inside: string) => readable(inside, names)));

function readable(inside: string, names: Readonly<Record<string, string>>): string {
  const [target = '', label = ''] = inside.split('|', 2);
  const shown = target.slice(1);
  if (target.startsWith('@')) return `@${names[shown] ?? (label || shown)}`;
  if (target.startsWith('#')) return `#${label || shown}`;
  if (target.startsWith('!subteam^')) return label || `@${shown.slice('subteam^'.length)}`;
  // A date has what it reads as behind the bar; @here and @channel have only their name.
  if (target.startsWith('!')) return label || `@${shown}`;
  const address = target.replace(/^mailto:/, '');
  return label === '' || label === address ? address : `${label} (${address})`;
}

const unescaped = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

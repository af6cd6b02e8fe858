/** What Slack's client makes of what a person types. */
import { asText, type Json } from './json.ts';
import { unescaped } from './mrkdwn.ts';
import type { Workspace } from './workspace.ts';

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** An address, a mail address, or a name after @ or #. */
const MARKED = /https?:\/\/[^\s<>]*[^\s<>.,;:!?)'"]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<![\w&])[@#][\w.-]*\w/g;

/** The markup for a name after @ or #, where there is one of that name. */
function mention(workspace: Workspace, typed: string): string | undefined {
  const name = typed.slice(1);
  if (typed.startsWith('#')) {
    const channel = workspace.channelNamed(name);
    return channel === undefined || channel.kind === 'im' ? undefined : `<#${channel.id}|>`;
  }
  if (['here', 'channel', 'everyone'].includes(name)) return `<!${name}>`;
  for (const user of workspace.users.values()) if (user.name === name) return `<@${user.id}>`;
  for (const group of workspace.groups.values()) if (group.handle === name) return `<!subteam^${group.id}>`;
  return undefined;
}

/** A message's `text` as Slack stores it: escaped, with links, `@handle` and `#channel` made into markup. */
export function asTyped(workspace: Workspace, typed: string): string {
  let text = '';
  let from = 0;
  for (const { 0: found, index } of typed.matchAll(MARKED)) {
    text += escaped(typed.slice(from, index));
    from = index + found.length;
    if (found.startsWith('http')) text += `<${escaped(found)}>`;
    else if (/^[@#]/.test(found)) text += mention(workspace, found) ?? escaped(found);
    else text += `<mailto:${found}|${found}>`;
  }
  return text + escaped(typed.slice(from));
}

function element(inside: string): Json {
  const [target = '', label = ''] = inside.split('|');
  if (target.startsWith('@')) return { type: 'user', user_id: target.slice(1) };
  if (target.startsWith('#')) return { type: 'channel', channel_id: target.slice(1) };
  if (target.startsWith('!subteam^')) return { type: 'usergroup', usergroup_id: target.slice('!subteam^'.length) };
  if (target.startsWith('!')) return { type: 'broadcast', range: target.slice(1) };
  return { type: 'link', url: unescaped(target), ...(label === '' ? {} : { text: unescaped(label) }) };
}

/** The rich text block that Slack adds to what a person wrote. */
export function richTextOf(text: string, ts: string): Json {
  const pieces = text.split(/<([^<>]*)>/).map((piece, index): Json => {
    return index % 2 === 1 ? element(piece) : { type: 'text', text: unescaped(piece) };
  });
  const elements = pieces.filter((piece) => piece.type !== 'text' || asText(piece.text) !== '');
  return { type: 'rich_text', block_id: ts.slice(-5), elements: [{ type: 'rich_text_section', elements }] };
}

import { html, type TemplateResult } from 'lit';
import { isObject, textOf } from '../../json.ts';
import { unescaped } from '../../mrkdwn.ts';
import { mrkdwn, plain } from './mrkdwn.ts';
import type { Store } from './store.ts';

/** A text object, by its type. */
export function text(store: Store, value: unknown): TemplateResult {
  if (isObject(value) && value.type === 'mrkdwn') return mrkdwn(store, textOf(value));
  const shown = isObject(value) && value.emoji === false ? textOf(value) : plain(store, textOf(value));
  return html`<span class="plain">${shown}</span>`;
}

/** A person's message as they typed it: names and addresses for markup. */
export const typedAgain = ({ directory }: Store, stored: string): string =>
  unescaped(
    stored.replaceAll(/<([^<>]*)>/g, (_whole, inside: string) => {
      const [target = '', label = ''] = inside.split('|');
      const [, sign = '', id = ''] = /^([@#]|!subteam\^|!)(.*)$/.exec(target) ?? [];
      if (sign === '') return label || target;
      if (sign === '#') return `#${directory.names[id] ?? id}`;
      const handle = directory.people.find((person) => person.id === id)?.handle;
      return `@${sign === '@' ? (handle ?? id) : (directory.names[id] ?? id)}`;
    }),
  );

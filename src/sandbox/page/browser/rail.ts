import { html, nothing, type TemplateResult } from 'lit';
import type { WireUser } from '../wire.ts';
import { face, roleOf } from './person.ts';
import type { Store } from './store.ts';

const mayUse = ({ kind }: WireUser): boolean => kind !== 'bot' && kind !== 'deactivated';

/** Everybody of the company, one click each. With Ctrl or the middle button, in a window of their own. */
export const rail = (store: Store): TemplateResult =>
  html`<nav class="rail" aria-label="Be someone" data-tour="person">
    <p>Be</p>
    <ul>
      ${store.directory.people.filter(mayUse).map((person) => {
        const isMe = person.id === store.me.id;
        const become = (event: MouseEvent) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey) return;
          event.preventDefault();
          void store.become(person.id);
        };
        return html`<li>
          <a
            href="?as=${person.handle}"
            class="someone ${person.kind === 'member' || person.kind === 'owner' ? '' : 'outside'}"
            aria-current=${isMe ? 'true' : nothing}
            aria-label="${person.name}, ${roleOf(person)}"
            title="${person.name}\n${roleOf(person)}\n${person.groups.map((handle) => `@${handle}`).join(' ')}"
            @click=${become}
          >${face(person)}<span>${person.name.split(' ')[0]}</span></a>
        </li>`;
      })}
    </ul>
  </nav>`;

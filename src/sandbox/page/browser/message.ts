import { html, nothing, type TemplateResult } from 'lit';
import type { WireFile, WireMessage } from '../wire.ts';
import { blocks } from './blocks/index.ts';
import './editor.ts';
import { fileAddress, fileLink } from './fileChip.ts';
import { icon } from './icons.ts';
import type { MenuItem } from './menu.ts';
import { mrkdwn } from './mrkdwn.ts';
import { face } from './person.ts';
import type { Store } from './store.ts';
import { clockTime, fullTime } from './time.ts';

type Drawn = {
  message: WireMessage;
  replies: WireMessage[];
  /** By the same author shortly before: picture and name are left out. */
  follows: boolean;
  /** Opens its thread; absent inside one. */
  openThread?: () => void;
};

function file(store: Store, { id, title, mimetype, size, alt }: WireFile): TemplateResult {
  const link = fileLink(store, { id, name: title, size });
  if (!mimetype.startsWith('image/')) return link;
  return html`<figure><figcaption>${link}</figcaption><img class="picture" src=${fileAddress(store, id)} alt=${alt} /></figure>`;
}

function threadLink(store: Store, replies: WireMessage[], open: () => void): TemplateResult {
  const people = [...new Set(replies.map(({ user }) => user))].slice(0, 4);
  const faces = people.flatMap((id) => store.directory.people.filter((person) => person.id === id));
  const last = replies.at(-1)?.ts ?? '';
  return html`<button type="button" class="thread-link" @click=${open}>
    ${faces.map((person) => face(person, 'small'))}
    <strong>${replies.length} ${replies.length === 1 ? 'reply' : 'replies'}</strong>
    <span>Last at ${clockTime(last, store.me.tz)}</span>
  </button>`;
}

const ARE_YOU_SURE = {
  title: { text: 'Delete message' },
  text: { type: 'plain_text', text: 'Are you sure you want to delete this message? This cannot be undone.' },
  confirm: { text: 'Delete' },
  style: 'danger',
};

/** What people do with what they wrote themselves. */
const ownItems = (store: Store, { channel, ts }: WireMessage): MenuItem[] => [
  { text: 'Edit message', run: () => store.edit(ts) },
  {
    text: 'Delete message',
    run: async () => {
      if (await store.agreed(ARE_YOU_SURE)) await store.act({ act: 'delete', channel, ts });
    },
  },
];

/** What can be done with a message: answer it, change one's own, or one of the app's shortcuts. */
function tools(store: Store, message: WireMessage, openThread: (() => void) | undefined): TemplateResult {
  const { channel, ts } = message;
  const items: MenuItem[] = [
    ...(message.user === store.me.id ? ownItems(store, message) : []),
    ...store.directory.shortcuts
      .filter(({ type }) => type === 'message')
      .map(({ name, description }) => ({
        text: name,
        more: description ?? store.directory.app.name,
        run: () => void store.act({ act: 'shortcut', name, channel, ts }),
      })),
  ];
  return html`<div class="tools">
    ${
      openThread === undefined
        ? nothing
        : html`<button type="button" class="icon-button" aria-label="Reply in thread" title="Reply in thread" @click=${openThread}>${icon('reply')}</button>`
    }
    ${items.length === 0 ? nothing : html`<pop-menu label="More actions" .items=${items}></pop-menu>`}
  </div>`;
}

function content(store: Store, message: WireMessage): TemplateResult {
  const { channel, ts, values } = message;
  if (store.editing === ts && message.user === store.me.id)
    return html`<message-editor .store=${store} .message=${message}></message-editor>`;
  const place = { where: 'message' as const, channel, ts };
  return html`
    ${message.blocks.length > 0 ? blocks({ store, place, values }, message.blocks) : message.text === '' ? nothing : mrkdwn(store, message.text)}
    ${message.edited ? html`<small class="edited">(edited)</small>` : nothing}
    ${message.files.map((each) => file(store, each))}
  `;
}

/** Where a message was to which there are replies. */
const tombstone = (store: Store, { ts }: WireMessage, replies: WireMessage[], openThread: (() => void) | undefined) =>
  html`<article class="message tombstone" data-ts=${ts} aria-label="Deleted message">
    <div class="gutter">${icon('trash')}</div>
    <div class="body">
      <p>This message was deleted.</p>
      ${openThread !== undefined && replies.length > 0 ? threadLink(store, replies, openThread) : nothing}
    </div>
  </article>`;

export function drawMessage(store: Store, { message, replies, follows, openThread }: Drawn): TemplateResult {
  if (message.deleted) return tombstone(store, message, replies, openThread);
  const { channel, ts } = message;
  const author = store.directory.people.find(({ id }) => id === message.user);
  const name = author?.name ?? store.names().user(message.user);
  const isPrivate = message.onlyFor !== undefined;
  const time = html`<time class="when" title=${fullTime(ts, store.me.tz)}>${clockTime(ts, store.me.tz)}</time>`;
  return html`<article
    class="message ${follows ? 'follows' : ''} ${isPrivate ? 'private' : ''} ${store.wanted === ts ? 'wanted' : ''}"
    data-ts=${ts}
    aria-label="${name} at ${clockTime(ts, store.me.tz)}"
  >
    <div class="gutter">${follows ? time : face(author ?? { name, image: '', id: message.user })}</div>
    <div class="body">
      ${isPrivate ? html`<p class="only-you">${icon('eye')} Only visible to you</p>` : nothing}
      ${
        follows
          ? nothing
          : html`<p class="author"><strong>${name}</strong>${author?.kind === 'bot' ? html`<span class="badge">APP</span>` : nothing} ${time}</p>`
      }
      ${message.broadcast === true ? html`<p class="broadcast">replied to a thread</p>` : nothing}
      ${content(store, message)}
      ${
        isPrivate
          ? html`<button type="button" class="link-button" @click=${() => store.act({ act: 'dismiss', channel, ts })}>Dismiss message</button>`
          : nothing
      }
      ${openThread !== undefined && replies.length > 0 ? threadLink(store, replies, openThread) : nothing}
    </div>
    ${isPrivate ? nothing : tools(store, message, openThread)}
  </article>`;
}

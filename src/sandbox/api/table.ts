import { CHAT } from './chat.ts';
import type { Method } from './context.ts';
import { CONVERSATIONS } from './conversations.ts';
import { FILES } from './files.ts';
import { PLATFORM } from './platform.ts';
import { USERS } from './users.ts';
import { VIEWS } from './views.ts';

/** Every method this Slack knows, by name: what it needs, how often it may be called, what it does. */
export const METHODS: { readonly [name: string]: Method } = {
  ...PLATFORM,
  ...CHAT,
  ...VIEWS,
  ...USERS,
  ...CONVERSATIONS,
  ...FILES,
};

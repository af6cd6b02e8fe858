import type { User } from '../types.ts';
import type { Workspace } from '../workspace.ts';
import type { Method } from './context.ts';
import { ApiError } from './errors.ts';
import { nextCursor, page } from './paging.ts';
import { groupShape, userShape } from './shapes.ts';

/** @throws user_not_found, user_not_visible */
export function userOf(workspace: Workspace, id: string): User {
  const user = workspace.users.get(id);
  if (user === undefined) throw new ApiError('user_not_found');
  return user;
}

const read = { scopes: ['users:read'], token: 'bot' } as const;
const groups = { scopes: ['usergroups:read'], token: 'bot', tier: 2 } as const;

export const USERS: { [name: string]: Method } = {
  'users.info': {
    ...read,
    tier: 4,
    run: (args, { workspace }) => ({ user: userShape(workspace, userOf(workspace, args.need('user'))) }),
  },
  'users.list': {
    ...read,
    tier: 2,
    run: (args, { workspace }) => {
      // Outsiders of shared channels are looked up one by one; the list is the workspace's own.
      const own = [...workspace.users.values()].filter((user) => user.team_id === workspace.team.id);
      const { items, next } = page(own, args, 1000, 1000);
      const cache_ts = Math.floor(workspace.now() / 1000);
      return { members: items.map((user) => userShape(workspace, user)), cache_ts, ...nextCursor(next) };
    },
  },
  'usergroups.list': {
    ...groups,
    run: (args, { workspace }) => {
      const withUsers = args.flag('include_users');
      const all = [...workspace.groups.values()].filter((group) => !group.disabled || args.flag('include_disabled'));
      return { usergroups: all.map((group) => groupShape(workspace, group, withUsers)) };
    },
  },
  'usergroups.users.list': {
    ...groups,
    run: (args, { workspace }) => {
      const group = workspace.groups.get(args.need('usergroup'));
      if (group === undefined || (group.disabled && !args.flag('include_disabled')))
        throw new ApiError('no_such_subteam');
      return { users: group.users };
    },
  },
};

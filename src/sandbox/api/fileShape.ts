import { kindOf } from '../fileKinds.ts';
import type { Json } from '../json.ts';
import type { FileRecord, Message } from '../types.ts';
import type { Workspace } from '../workspace.ts';

/**
 * May the app read this file? It is the app's own, was handed to it in a form, or was shared where the app is. Any other
 * does not exist for it, even where a message that somebody pointed at names it.
 */
export function appMayRead(workspace: Workspace, file: FileRecord): boolean {
  const { botUserId } = workspace.app;
  const isThere = (id: string): boolean => workspace.channels.get(id)?.members.includes(botUserId) === true;
  return file.complete && (file.user === botUserId || file.forApp || file.channels.some(isThere));
}

const UNKNOWN = { filetype: '', pretty: '' };

/** A file as Slack describes it in messages, forms and answers. Its addresses want the app's token. */
export function fileShape(workspace: Workspace, file: FileRecord): Json {
  const { team } = workspace;
  const { filetype, pretty } = file.processing ? UNKNOWN : kindOf(file.name);
  const name = encodeURIComponent(file.name);
  const address = `${workspace.origin()}/files-pri/${team.id}-${file.id}`;
  const created = Math.floor(file.created / 1000);
  const sharedIn = (kind: 'public' | 'private' | 'im'): string[] =>
    file.channels.filter((id) => workspace.channels.get(id)?.kind === kind);
  return {
    ...{ id: file.id, created, timestamp: created, name: file.name, title: file.title },
    mimetype: file.processing ? '' : file.mimetype,
    ...{
      filetype,
      pretty_type: pretty,
      user: file.user,
      user_team: workspace.users.get(file.user)?.team_id ?? team.id,
    },
    ...{ editable: false, size: file.size, mode: 'hosted', is_external: false, external_type: '' },
    ...{ is_public: sharedIn('public').length > 0, public_url_shared: false, display_as_bot: false, username: '' },
    ...{ url_private: `${address}/${name}`, url_private_download: `${address}/download/${name}` },
    permalink: `https://${team.domain}.slack.com/files/${file.user}/${file.id}/${name}`,
    ...{ channels: sharedIn('public'), groups: sharedIn('private'), ims: sharedIn('im') },
    ...{ has_rich_preview: false, file_access: 'visible', ...(file.alt === undefined ? {} : { alt_txt: file.alt }) },
  };
}

/**
 * The files of a message. What was deleted leaves a tombstone; of what an outsider shared through Slack Connect only the
 * id is told, and the app has to ask `files.info`.
 */
export function filesOf(workspace: Workspace, message: Message): Json[] | undefined {
  const { channels, files } = workspace;
  return message.files?.map((id) => {
    const file = files.get(id);
    if (file === undefined) return { id, mode: 'tombstone' };
    const foreign =
      workspace.users.get(file.user)?.is_stranger === true && channels.get(message.channel)?.shared === true;
    if (foreign) return { id, created: 0, timestamp: 0, mode: 'file_access', file_access: 'check_file_info' };
    return fileShape(workspace, file);
  });
}

import { mimeOf } from '../fileKinds.ts';
import { newId } from '../ids.ts';
import type { FileRecord } from '../types.ts';
import type { Workspace } from '../workspace.ts';

/** A file as a person has it before Slack does. */
export type Upload = { name: string; bytes: Buffer };

/** Brings a person's file into Slack: shared in a channel, or handed to the app in a form. */
export function upload(
  workspace: Workspace,
  user: string,
  { name, bytes }: Upload,
  to: { channel: string } | 'form',
): FileRecord {
  const file: FileRecord = {
    ...{ id: newId('F'), name, title: name, bytes, size: bytes.length, mimetype: mimeOf(name), user },
    ...{ created: workspace.now(), complete: true, forApp: to === 'form' },
    channels: to === 'form' ? [] : [to.channel],
  };
  workspace.files.set(file.id, file);
  return file;
}

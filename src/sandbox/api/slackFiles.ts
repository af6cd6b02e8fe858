import { asText, isObject } from '../json.ts';
import type { FileRecord } from '../types.ts';
import type { Workspace } from '../workspace.ts';
import { appMayRead } from './fileShape.ts';

const SHOWN = ['image/png', 'image/jpeg', 'image/gif'];

/** The ids of files that pictures in blocks show, each with its JSON pointer. */
export function filesShown(value: unknown, at = ''): { id: string; at: string }[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => filesShown(item, `${at}/${index}`));
  if (!isObject(value)) return [];
  const { slack_file: file } = value;
  const own = value.type === 'image' && isObject(file) ? [{ id: idOf(file), at: `${at}/slack_file` }] : [];
  return [...own, ...Object.entries(value).flatMap(([key, item]) => filesShown(item, `${at}/${key}`))];
}

/** By id, or by the private address or the permalink, which both name it. */
const idOf = ({ id, url }: { id?: unknown; url?: unknown }): string =>
  asText(id) || (/[-/](F[A-Z0-9]{8,})\//.exec(asText(url))?.[1] ?? '');

/** A picture can be shown that the app may read, once Slack has looked at it and found that it is one. */
export function problemsOfFiles(workspace: Workspace, blocks: unknown, at: string): string[] {
  const canBeShown = (file: FileRecord | undefined): boolean =>
    file !== undefined && appMayRead(workspace, file) && !file.processing && SHOWN.includes(file.mimetype);
  return filesShown(blocks, at)
    .filter(({ id }) => !canBeShown(workspace.files.get(id)))
    .map((wrong) => `[ERROR] invalid slack file [json-pointer:${wrong.at}]`);
}

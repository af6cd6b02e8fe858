import { mimeOf } from '../fileKinds.ts';
import { newId, newSecret } from '../ids.ts';
import { asObject, asText, type Json } from '../json.ts';
import type { FileRecord } from '../types.ts';
import { joinedChannel } from './access.ts';
import type { Args } from './args.ts';
import { byApp, contentOf } from './content.ts';
import type { ApiContext, Method } from './context.ts';
import { ApiError, withMessages } from './errors.ts';
import { appMayRead, fileShape } from './fileShape.ts';

function getUploadUrl(args: Args, { workspace, origin }: ApiContext): Json {
  const name = args.need('filename');
  const size = Number(args.need('length'));
  if (!Number.isInteger(size) || size <= 0)
    throw withMessages('invalid_arguments', ['[ERROR] must be a positive integer [json-pointer:/length]']);
  const id = newId('F');
  const secret = newSecret();
  const alt = args.text('alt_text') ?? args.text('alt_txt');
  workspace.files.set(id, {
    ...{ id, name, title: name, size, mimetype: mimeOf(name), user: workspace.app.botUserId, created: workspace.now() },
    ...{ bytes: Buffer.alloc(0), channels: [], complete: false, forApp: false, secret },
    ...(alt === undefined ? {} : { alt }),
  });
  return { upload_url: `${origin()}/upload/v1/${id}/${secret}`, file_id: id };
}

/** What the upload address takes: the bytes announced, nothing else. Answers as Slack does: `OK - <size>`. */
export function receiveUpload(
  file: FileRecord | undefined,
  secret: string,
  bytes: Buffer,
): { status: number; body: string } {
  if (file === undefined || file.complete || file.secret !== secret) return { status: 404, body: 'not_found' };
  if (bytes.length !== file.size) return { status: 400, body: 'size_mismatch' };
  file.bytes = bytes;
  return { status: 200, body: `OK - ${bytes.length}` };
}

/** ms. Slack answers before it has looked at a file. */
const PROCESSING_MS = 150;

function lookAt(file: FileRecord): void {
  file.processing = true;
  setTimeout(() => {
    file.processing = false;
  }, PROCESSING_MS).unref();
}

function complete(args: Args, context: ApiContext): Json {
  const { workspace, events } = context;
  const listed = args.json('files');
  if (!Array.isArray(listed) || listed.length === 0) throw new ApiError('invalid_arguments');
  const files = listed.map((entry) => {
    const file = workspace.files.get(asText(asObject(entry).id));
    if (file === undefined || file.user !== workspace.app.botUserId) throw new ApiError('file_not_found');
    if (file.bytes.length !== file.size) throw new ApiError('file_update_failed');
    file.title = asText(asObject(entry).title) || file.title;
    return file;
  });
  const channelId = args.text('channel_id') || args.list('channels')[0];
  const channel = channelId === undefined ? undefined : joinedChannel(workspace, channelId);
  for (const file of files) {
    if (!file.complete) lookAt(file);
    file.complete = true;
    if (channel !== undefined) file.channels.push(channel.id);
  }
  if (channel !== undefined) {
    const comment = args.text('initial_comment') ?? '';
    const thread = args.text('thread_ts');
    if (thread !== undefined && workspace.find(channel.id, thread) === undefined)
      throw new ApiError('thread_not_found');
    const content = comment === '' ? { text: '', blocks: [], pings: [] } : contentOf(workspace, comment, undefined);
    const message = workspace.post({
      ...byApp(workspace),
      ...content,
      channel: channel.id,
      ts: workspace.ts.next(),
      subtype: 'file_share',
      files: files.map((file) => file.id),
      ...(thread === undefined ? {} : { thread_ts: thread }),
    });
    events.message(channel, message, 'posted');
    for (const file of files)
      events.emit({
        type: 'file_shared',
        channel_id: channel.id,
        file_id: file.id,
        user_id: file.user,
        file: { id: file.id },
      });
  }
  return { files: files.map((file) => fileShape(workspace, file)) };
}

/** A file that the app may not read is not found. */
function info(args: Args, { workspace }: ApiContext): Json {
  const file = workspace.files.get(args.need('file'));
  if (file === undefined || !appMayRead(workspace, file)) throw new ApiError('file_not_found');
  return { file: fileShape(workspace, file), comments: [], response_metadata: { next_cursor: '' } };
}

const write = { scopes: ['files:write'], token: 'bot', tier: 4 } as const;

export const FILES: { [name: string]: Method } = {
  'files.getUploadURLExternal': { ...write, run: getUploadUrl },
  'files.completeUploadExternal': { ...write, run: complete },
  'files.info': { scopes: ['files:read'], token: 'bot', tier: 4, run: info },
};

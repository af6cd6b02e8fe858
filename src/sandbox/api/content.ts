import { problemOfMetadata, problemsOfMessage, tooLong, withIds } from '../blocks/surface.ts';
import { asObject, asObjects, isObject } from '../json.ts';
import { LIMIT } from '../limits.ts';
import { pingsOfMessage } from '../mrkdwn.ts';
import type { Message } from '../types.ts';
import type { Workspace } from '../workspace.ts';
import type { Args } from './args.ts';
import { ApiError, withMessages } from './errors.ts';
import { problemsOfFiles } from './slackFiles.ts';

export type Content = Pick<Message, 'text' | 'blocks' | 'pings'>;

/**
 * Text and blocks of a message, checked as Slack checks them.
 * @throws no_text, invalid_blocks_format, invalid_blocks, msg_blocks_too_long
 */
export function contentOf(workspace: Workspace, text: string, json: unknown): Content {
  if (json !== undefined && (!Array.isArray(json) || !json.every(isObject)))
    throw new ApiError('invalid_blocks_format');
  const problems =
    json === undefined ? [] : [...problemsOfMessage(json), ...problemsOfFiles(workspace, json, '/blocks')];
  if (problems.length > 0)
    throw new ApiError('invalid_blocks', {
      errors: problems.map((problem) => problem.replace('[ERROR] ', '')),
      response_metadata: { messages: problems },
    });
  if (tooLong(json)) throw new ApiError('msg_blocks_too_long');
  const blocks = withIds(asObjects(json));
  if (text.trim() === '' && blocks.length === 0) throw new ApiError('no_text');
  const cut = [...text].slice(0, LIMIT.messageText).join('');
  return { text: cut, blocks, pings: pingsOfMessage(cut, blocks) };
}

export const contentOfArgs = (workspace: Workspace, args: Args): Content => {
  if (args.has('attachments')) throw withMessages('invalid_arguments', ['[ERROR] attachments are not supported here']);
  return contentOf(workspace, args.text('text') ?? '', args.json('blocks'));
};

/** `metadata` of a call. `undefined`: leave as it is; `null`: an empty object, which takes it away. */
export function metadataOf(args: Args): Message['metadata'] | null | undefined {
  const json = args.json('metadata');
  if (json === undefined) return undefined;
  if (isObject(json) && Object.keys(json).length === 0) return null;
  const problem = problemOfMetadata(json);
  if (problem !== undefined) throw new ApiError(problem);
  const { event_type, event_payload } = asObject(json);
  return { event_type: String(event_type), event_payload: asObject(event_payload) };
}

/** Fields of a message by this app. */
export const byApp = (workspace: Workspace): Pick<Message, 'user' | 'bot_id' | 'app_id'> => ({
  user: workspace.app.botUserId,
  bot_id: workspace.app.botId,
  app_id: workspace.app.appId,
});

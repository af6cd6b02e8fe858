/** The bytes of a file that somebody gave in Slack. */
import { createHash } from 'node:crypto';
import type { WebClient } from '@slack/web-api';
import { Later } from '../app/later.ts';
import type { FetchedFile, LostFile } from '../app/ports.ts';
import { LARGEST_FILE } from '../core/form.ts';
import { isClosed, slackError } from './client.ts';

/** Milliseconds for one download. */
const PATIENCE = 120_000;
/** Milliseconds until it is worth trying again where the bot was not granted what it takes. */
const UNTIL_GRANTED = 10 * 60_000;

/**
 * @returns the file, or why nobody can have it
 * @throws Later where Slack cannot say now; Error where what it gave is not the file
 */
export async function fetchFile(client: WebClient, id: string): Promise<FetchedFile | LostFile> {
  const file = await fileInfo(client, id);
  const name = file?.name ?? file?.title ?? null;
  const url = file?.url_private_download ?? file?.url_private;
  // A file that lies elsewhere (Google Drive, say) has no bytes in Slack; a deleted one has a tombstone.
  if (!file || !url || file.is_external || file.mode === 'tombstone' || file.mode === 'hidden_by_limit')
    return { name, lost: 'gone' };
  if ((file.size ?? 0) > LARGEST_FILE) return { name, lost: 'too_large' };
  const bytes = await download(url, client.token ?? '');
  if (bytes === null) return { name, lost: 'too_large' };
  // Whoever is not let in gets a page to sign in with status 200.
  if (file.size !== undefined && bytes.length !== file.size)
    throw new Error(`Slack gave ${bytes.length} bytes of file ${id}, which has ${file.size}`);
  return {
    ...{ name: name ?? id, mediaType: file.mimetype ?? 'application/octet-stream', size: bytes.length },
    ...{ sha256: createHash('sha256').update(bytes).digest('hex'), bytes },
  };
}

async function fileInfo(client: WebClient, file: string) {
  try {
    return (await client.files.info({ file })).file ?? null;
  } catch (error) {
    const failure = slackError(error);
    if (failure && GONE.includes(failure.code)) return null;
    if (isClosed(error)) throw new Later('Slack does not let the bot read files', UNTIL_GRANTED, { cause: error });
    if (failure) throw new Later(`Slack answers ${failure.code}`, ms(failure.retryAfter), { cause: error });
    throw error;
  }
}

const GONE = ['file_not_found', 'file_deleted', 'not_visible'];
const ms = (seconds: number | undefined): number | null => (seconds === undefined ? null : seconds * 1000);

/** @returns null where there is more than is kept, whatever its description said */
async function download(url: string, token: string): Promise<Buffer | null> {
  const response = await reach(url, token);
  if (!response.ok) throw new Later(`Slack answers the download with ${response.status}`);
  const kept: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > LARGEST_FILE) return null;
    kept.push(chunk);
  }
  return Buffer.concat(kept);
}

async function reach(url: string, token: string): Promise<Response> {
  const headers = { authorization: `Bearer ${token}` };
  try {
    return await fetch(url, { headers, signal: AbortSignal.timeout(PATIENCE) });
  } catch (error) {
    throw new Later('Slack does not answer the download', null, { cause: error });
  }
}

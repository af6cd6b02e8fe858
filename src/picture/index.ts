/**
 * Draws pictures in a process of their own: what draws them takes half a second and tens of megabytes to load, and is gone
 * when it has drawn.
 */
import { spawn } from 'node:child_process';
import { buffer, text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Picture } from './picture.ts';

export type { Picture } from './picture.ts';

const CHILD = fileURLToPath(new URL('child.ts', import.meta.url));
/** Milliseconds; a machine under load takes a few seconds. */
const PATIENCE = 20_000;
/** Pixels a unit: sharp on a phone, and some 150 kB. */
const SCALE = 3;

/** @throws where it cannot be drawn, or not in time */
export async function drawPicture(picture: Picture, { scale = SCALE, patience = PATIENCE } = {}): Promise<Buffer> {
  // None of the bot's secrets: it needs nothing of its surroundings.
  const child = spawn(process.execPath, [CHILD], { env: {}, timeout: patience, killSignal: 'SIGKILL' });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  child.stdin.on('error', () => undefined); // That it ended before it had read is told by how it ended.
  child.stdin.end(JSON.stringify({ picture, scale }));
  const [png, said, code] = await Promise.all([buffer(child.stdout), text(child.stderr), ended]);
  if (code === 0 && png.length > 0) return png;
  throw new Error(`the picture was not drawn: ${code === null ? 'it took too long' : said.trim().slice(-2_000)}`);
}

import type { Json } from '../../json.ts';
import type { Act } from '../wire.ts';

export type Answer = Json & { ok: boolean; error?: string };

const AWAY = 'This page lost its server. Is the demo still running?';

/** GETs JSON of the page's own server. @throws in words a person can read */
export async function load<T>(path: string): Promise<T> {
  const response = await fetch(`/_sandbox/${path}`).catch(() => undefined);
  if (response?.ok !== true) throw new Error(response === undefined ? AWAY : `There is no ${path}.`);
  return (await response.json()) as T;
}

async function send(path: string, body: object): Promise<Answer> {
  try {
    const response = await fetch(`/_sandbox/${path}`, { method: 'POST', body: JSON.stringify(body) });
    return (await response.json()) as Answer;
  } catch {
    return { ok: false, error: AWAY };
  }
}

export const sendAct = (as: string, act: Act): Promise<Answer> => send('act', { as, ...act });
export const moveClock = (to: string): Promise<Answer> => send('clock', { to });

/** A file's bytes as the server takes them. */
export async function base64Of(file: Blob): Promise<string> {
  const url = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
  return url.slice(url.indexOf(',') + 1);
}

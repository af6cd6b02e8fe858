import type { Args } from './args.ts';
import { ApiError } from './errors.ts';

export type Page<T> = { items: T[]; next: string };

/** One page of a list; the cursor says where the next one begins. @throws invalid_cursor */
export function page<T>(all: T[], args: Args, standard: number, max: number): Page<T> {
  const limit = args.number('limit', standard, max);
  const cursor = args.text('cursor') ?? '';
  const from = cursor === '' ? 0 : offsetOf(cursor);
  const to = from + limit;
  return { items: all.slice(from, to), next: to < all.length ? Buffer.from(`next:${to}`).toString('base64') : '' };
}

function offsetOf(cursor: string): number {
  const match = /^next:(\d+)$/.exec(Buffer.from(cursor, 'base64').toString());
  if (match === null) throw new ApiError('invalid_cursor');
  return Number(match[1]);
}

export const nextCursor = (next: string) => ({ response_metadata: { next_cursor: next } });

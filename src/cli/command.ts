import type { Env } from '../config.ts';
import type { Instant } from '../core/values.ts';

/** What a command may touch of the world around it. */
export type Io = {
  env: Env;
  /** One line of the answer. */
  out(line: string): void;
  /** How far it got, shown in place on a terminal and nowhere else. */
  progress(text: string): void;
};

export type Command = {
  usage: string;
  summary: string;
  /** @returns the exit code: 0 all is well, 1 something is wrong */
  run(args: string[], io: Io): Promise<number>;
};

/** Commands of two words, like `audit verify`: by the second one. */
export type Family = { members: Readonly<Record<string, Command>> };

/** The arguments make no sense; the message says why, and the usage is shown with it. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** It cannot be done as things are; the message says why and what to do about it. */
export class CommandError extends Error {
  override name = 'CommandError';
}

export const count = (n: number, one: string, many = `${one}s`): string =>
  `${n.toLocaleString('en')} ${n === 1 ? one : many}`;

/** `2026-03-31 09:12 UTC` */
export const minute = (at: Instant): string => `${at.slice(0, 16).replace('T', ' ')} UTC`;

/** What people typed cannot move the cursor. */
export const harmless = (line: string): string => line.replace(/\p{Cc}/gu, ' ');

/** What an error of a connection says; Node puts those of several addresses into one without a message. */
export function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0]);
  if (!(error instanceof Error)) return String(error);
  return error.message || ('code' in error ? String(error.code) : error.name);
}

/** Of `EX-12`, `ex-12` or `12`. @throws UsageError */
export function requestNumber(text: string): number {
  const digits = /^(?:ex-?)?0*([1-9]\d{0,8})$/i.exec(text)?.[1];
  if (!digits) throw new UsageError(`${text} is no request: write it like EX-12.`);
  return Number(digits);
}

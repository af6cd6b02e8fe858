export type Verdict = 'ok' | 'warn' | 'FAIL';

/** One line of the check: what was tried, how it went, and the remedy. */
export type Line = { verdict: Verdict; what: string; text: string };

const line =
  (verdict: Verdict) =>
  (what: string, text: string): Line => ({ verdict, what, text });

export const ok = line('ok');
/** It works, but less well than it could. */
export const warn = line('warn');
export const fail = line('FAIL');

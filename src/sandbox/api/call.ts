import type { Faults } from '../faults.ts';
import { asText, type Json } from '../json.ts';
import type { RateLimiter } from '../rateLimits.ts';
import type { App } from '../types.ts';
import { Args } from './args.ts';
import type { ApiContext, Method } from './context.ts';
import { ApiError } from './errors.ts';
import { METHODS } from './table.ts';

/** What to do with the connection: answer, break it, or answer late. */
export type Outcome = {
  status: number;
  headers: { [name: string]: string };
  /** `undefined`: destroy the connection instead of answering. */
  body: Json | string | undefined;
  delayMs: number;
};

export type TokenState = { revoked: boolean };

const answered = (body: Json | string | undefined, status = 200, headers = {}): Outcome => ({
  status,
  headers,
  body,
  delayMs: 0,
});

/** One call of a Web API method, from token to answer. */
export function call(
  name: string,
  raw: Json,
  token: string | undefined,
  deps: { context: ApiContext; limiter: RateLimiter; faults: Faults; tokens: TokenState },
): Outcome {
  const { context, faults, limiter } = deps;
  const fault = faults.isDown ? ({ kind: 'refuse' } as const) : faults.take(name, raw);
  if (fault?.kind === 'refuse') return answered(undefined);
  if (fault?.kind === 'status') return answered('', fault.status);
  if (fault?.kind === 'error') return answered({ ok: false, error: fault.error });
  if (fault?.kind === 'fatal_error') return answered({ ok: false, error: 'fatal_error' });
  if (fault?.kind === 'ratelimited') return tooMany(fault.withoutHeader ? undefined : (fault.retryAfter ?? 1));
  const method = Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
  if (method === undefined) return answered({ ok: false, error: 'unknown_method', req_method: name });
  const channel = asText(raw.channel);
  const outcome = run(method, raw, token, deps.tokens, context, () => limiter.wait(name, method.tier, channel));
  if (fault?.kind === 'lost') return { ...outcome, body: undefined };
  return fault?.kind === 'slow' ? { ...outcome, delayMs: fault.ms } : outcome;
}

const tooMany = (seconds: number | undefined): Outcome =>
  answered({ ok: false, error: 'ratelimited' }, 429, seconds === undefined ? {} : { 'retry-after': String(seconds) });

function run(
  method: Method,
  raw: Json,
  token: string | undefined,
  tokens: TokenState,
  context: ApiContext,
  wait: () => number,
): Outcome {
  const { app } = context.workspace;
  const headers = {
    'x-oauth-scopes': scopesOf(app, token).join(','),
    'x-accepted-oauth-scopes': method.scopes.join(','),
  };
  try {
    checkToken(method, token, app, tokens);
    const seconds = wait();
    if (seconds > 0) return tooMany(seconds);
    checkScopes(method, app);
    return answered({ ok: true, ...method.run(new Args(raw), context) }, 200, headers);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return answered({ ok: false, error: error.code, ...error.extra }, 200, headers);
  }
}

const scopesOf = (app: App, token: string | undefined): string[] =>
  token === app.appToken ? ['connections:write'] : app.scopes;

/** @throws not_authed, invalid_auth, token_revoked, not_allowed_token_type */
function checkToken(method: Method, token: string | undefined, app: App, tokens: TokenState): void {
  if (method.token === 'none') return;
  if (token === undefined || token === '') throw new ApiError('not_authed');
  if (token !== app.botToken && token !== app.appToken) throw new ApiError('invalid_auth');
  const kind = token === app.appToken ? 'app' : 'bot';
  if (kind === 'bot' && tokens.revoked) throw new ApiError('token_revoked');
  if (method.token !== 'any' && method.token !== kind) throw new ApiError('not_allowed_token_type');
}

function checkScopes(method: Method, app: App): void {
  if (method.token === 'app' || method.scopes.every((scope) => app.scopes.includes(scope))) return;
  throw new ApiError('missing_scope', { needed: method.scopes.join(','), provided: app.scopes.join(',') });
}

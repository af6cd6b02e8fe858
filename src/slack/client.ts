/** The Web API client: it neither retries nor waits by itself, and says plainly what went wrong. */
import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
  WebClient,
  type WebClientOptions,
} from '@slack/web-api';
import type { Log } from '../log.ts';

/** What Slack answers while a click waits must come well within this; milliseconds. */
export const CALL_TIMEOUT = 8_000;
/** Seconds to wait after a 429 that does not say how long. */
const RETRY_AFTER_UNSAID = 10;

type Options = { token: string; apiUrl: string; log: Log; fetch?: WebClientOptions['fetch'] };

/**
 * Retries belong to the queue, which survives a restart; a retry of the client's own could post twice, and a rate limit would
 * silence the whole client.
 */
export const createClient = ({ token, apiUrl, log, fetch }: Options): WebClient =>
  new WebClient(token, { ...clientOptions(log), ...(fetch && { fetch }), slackApiUrl: apiUrl });

export function clientOptions(log: Log): WebClientOptions {
  return {
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: CALL_TIMEOUT,
    fetch: fetchWhole,
    logger: {
      debug: () => undefined,
      info: (...words) => log.debug({ slack: words }, 'Slack client'),
      warn: (...words) => log.debug({ slack: words }, 'Slack client'),
      error: (...words) => log.warn({ slack: words }, 'Slack client'),
      setLevel: () => undefined,
      getLevel: () => 'info' as ReturnType<NonNullable<WebClientOptions['logger']>['getLevel']>,
      setName: () => undefined,
    },
  };
}

/**
 * The whole answer or an error: left to the client, a connection that breaks inside the body would come out as a bare
 * TypeError, and a 429 without `Retry-After` as an error without a class.
 */
const fetchWhole: NonNullable<WebClientOptions['fetch']> = async (url, init) => {
  const response = await fetch(url, init);
  const body = await response.arrayBuffer();
  const headers = new Headers(response.headers);
  if (response.status === 429 && !(Number.parseInt(headers.get('retry-after') ?? '', 10) >= 0))
    headers.set('retry-after', String(RETRY_AFTER_UNSAID));
  const { status, statusText } = response;
  return new Response(body.byteLength > 0 ? body : null, { status, statusText, headers });
};

export type SlackFailure = {
  /**
   * Slack's own code, or `ratelimited`; `http_503` for a status; `no_answer` where Slack may have done it; `unreachable` where
   * it certainly has not.
   */
  code: string;
  /** Seconds. */
  retryAfter?: number;
  /** What Slack says about each fault in blocks or arguments. */
  messages?: string[];
};

/** @returns null for an error that is not about calling Slack */
export function slackError(error: unknown): SlackFailure | null {
  if (error instanceof WebAPIRateLimitedError) return { code: 'ratelimited', retryAfter: error.retryAfter };
  if (error instanceof WebAPIHTTPError) return { code: `http_${error.statusCode}` };
  if (error instanceof WebAPIRequestError) return { code: neverArrived(error.original) ? 'unreachable' : 'no_answer' };
  if (!(error instanceof WebAPIPlatformError)) return null;
  const { error: code, response_metadata: { retryAfter, messages } = {} } = error.data;
  // A page of a proxy in front of Slack comes through as the error's code.
  if (!/^\w{1,80}$/.test(code)) return { code: 'no_answer' };
  if (LIMITED.includes(code)) return { code: 'ratelimited', retryAfter: retryAfter ?? RETRY_AFTER_UNSAID };
  return { code, ...(messages && { messages }) };
}

/**
 * Whether Slack lets this bot, or this workspace, not use the method at all: asking again brings the same, and what can be done
 * without it goes on.
 */
export const isClosed = (error: unknown): boolean => CLOSED.includes(slackError(error)?.code ?? '');

const CLOSED = [
  'missing_scope',
  'no_permission',
  'access_denied',
  'not_allowed_token_type',
  'plan_upgrade_required',
  'paid_only',
  'paid_teams_only',
  'feature_not_enabled',
  'unknown_method',
  'method_deprecated',
  'deprecated_endpoint',
];
const LIMITED = ['ratelimited', 'rate_limited', 'message_limit_exceeded'];
const NO_CONNECTION = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
];

function neverArrived({ cause }: Error): boolean {
  return cause instanceof Error && 'code' in cause && NO_CONNECTION.includes(String(cause.code));
}

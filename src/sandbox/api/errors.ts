import type { Json } from '../json.ts';

/** An answer `{ok: false, error}` of the Web API. */
export class ApiError extends Error {
  readonly code: string;
  readonly extra: Json;

  constructor(code: string, extra: Json = {}) {
    super(code);
    this.code = code;
    this.extra = extra;
  }
}

export const withMessages = (code: string, messages: string[]): ApiError =>
  new ApiError(code, { response_metadata: { messages } });

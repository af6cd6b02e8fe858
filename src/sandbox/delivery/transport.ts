import type { Json } from '../json.ts';

export type Delivery = {
  kind: 'slash_commands' | 'interactive' | 'events_api';
  payload: Json;
  retry?: { num: number; reason: string };
};

/** What the app made of a delivery. */
export type Answer =
  | { ok: true; body: unknown; status: number | string; noRetry?: boolean }
  | {
      ok: false;
      reason: 'http_timeout' | 'http_error' | 'connection_failed';
      status: number | string;
      noRetry?: boolean;
    };

export type Transport = { name: 'http' | 'socket'; send: (delivery: Delivery) => Promise<Answer> };

import { type Logger, LogLevel } from '@slack/web-api';
import type { Log } from '../log.ts';

/**
 * Our log in the shape that Slack's libraries write to. What they call debug goes to trace: there they print whole payloads,
 * which hold what people typed.
 */
export function boltLogger(log: Log): Logger {
  const target = log.child({ library: 'slack' });
  const at =
    (level: 'trace' | 'info' | 'warn' | 'error') =>
    (...parts: unknown[]) => {
      if (!target.isLevelEnabled(level)) return;
      const err = parts.find((part) => part instanceof Error);
      const message = parts.map(asText).join(' ');
      if (err === undefined) target[level](message);
      else target[level]({ err }, message);
    };
  return {
    debug: at('trace'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    getLevel: () => levelOf(log),
    // Ours is set once, by LOG_LEVEL, and one logger serves all of their parts, so that the last name would be everyone's.
    setLevel: () => undefined,
    setName: () => undefined,
  };
}

function asText(part: unknown): string {
  if (part instanceof Error) return part.message;
  return typeof part === 'string' ? part : JSON.stringify(part);
}

function levelOf(log: Log): LogLevel {
  if (log.isLevelEnabled('trace')) return LogLevel.DEBUG;
  if (log.isLevelEnabled('info')) return LogLevel.INFO;
  return log.isLevelEnabled('warn') ? LogLevel.WARN : LogLevel.ERROR;
}

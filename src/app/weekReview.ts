/** The one way an order reaches the review of a week. */
import { isRefusal, type Refusal } from '../core/refusal.ts';
import { decideWeek, type WeekCommand } from '../core/weekReview.ts';
import type { Intent } from './intents.ts';
import type { WeekLog } from './ports.ts';
import { untilFirst } from './tries.ts';

/**
 * @param key of the modal that was sent, under which it counts once; null for what the program does
 * @returns whether anything was recorded
 */
export const handleWeek = (
  log: WeekLog,
  teamId: string,
  week: string,
  command: WeekCommand,
  key: string | null = null,
): Promise<{ recorded: boolean } | Refusal> =>
  untilFirst(`review of ${week}`, async () => {
    const { state, version, head, repeated } = await log.load(teamId, week, key);
    if (repeated) return { recorded: false };
    const events = decideWeek(state, command);
    if (isRefusal(events)) return events;
    if (events.length === 0) return { recorded: false };
    const intents = events.map(
      (event): Intent =>
        event.type === 'sign_off_chased'
          ? { kind: 'sign_off_due', week, time: event.time }
          : { kind: 'redraw_digest', week },
    );
    const outcome = await log.append({ teamId, week, expectedVersion: version, head, events, intents, key });
    return outcome === 'conflict' ? outcome : { recorded: outcome === 'appended' };
  });

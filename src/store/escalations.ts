/** Escalations as the events tell them, whatever they are about. */
import { z } from 'zod';
import { escalationKind, type Instant, instant, priority, role } from '../core/values.ts';
import type { Db } from './schema.ts';

const raised = z.object({
  kind: escalationKind,
  deadline: instant,
  step: z.int().positive().default(1),
  role,
  priority,
  since: instant.optional(),
});
/** One step that was raised. `at`: when it was seen that it was due, `since`. */
export type Raised = z.infer<typeof raised> & { number: number; at: Instant; since: Instant };

/** What was raised at this instant: by one sweep, since each looks at the clock once. By number. */
export async function raisedAt(db: Db, teamId: string, at: Instant): Promise<Raised[]> {
  const rows = await db
    .selectFrom('events')
    .select(['stream', 'data'])
    .where('team_id', '=', teamId)
    .where('type', '=', 'escalation_raised')
    .where('at', '=', new Date(at))
    .execute();
  return rows
    .map(({ stream, data }) => {
      const event = raised.parse(data);
      return { ...event, number: Number(stream.slice('request/'.length)), at, since: event.since ?? at };
    })
    .toSorted((a, b) => a.number - b.number);
}

/** Whether a sweep of this instant may still find something: it ends once nothing is due by then. */
export async function sweepsAt(db: Db, teamId: string, at: Instant): Promise<boolean> {
  const due = await db
    .selectFrom('requests')
    .select('number')
    .where('team_id', '=', teamId)
    .where('attention_at', '<=', new Date(at))
    .limit(1)
    .executeTakeFirst();
  return due !== undefined;
}

/** A report of any period, to whoever asked for it: once for each time that they asked. */
import type { Intent } from '../../app/intents.ts';
import { composeReport } from '../digest.ts';
import { postReport } from '../digestPost.ts';
import type { Deps } from './deps.ts';
import { toPerson } from './person.ts';
import { posterOf } from './poster.ts';

type Asked = Extract<Intent, { kind: 'report' }>;

/** Whether they may have it was looked at when they asked. */
export async function report(deps: Deps, { person, from, to, key }: Asked): Promise<void> {
  const { db, teamId, log } = deps;
  const composed = await composeReport(deps, { from, to });
  const given = { db, teamId, log, by: posterOf(deps), report: composed, key: `report/${key}` };
  await postReport({ ...given, post: (root) => toPerson(deps, person, root) });
}

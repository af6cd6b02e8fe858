/** The picture of the report that stands in the past: drawn once the demo runs, since nobody should wait for it. */

import { parseWeek } from '../core/week.ts';
import type { Log } from '../log.ts';
import type { Poster } from '../slack/deliver/poster.ts';
import { composeReport, type Sources } from '../slack/digest.ts';
import { contentOf } from '../slack/digestContent.ts';
import { digestAsPosted, uploadPicture } from '../slack/digestPost.ts';
import { deliveriesUnder, note } from '../store/deliveries.ts';
import { owe } from '../store/outbox.ts';

/** Gives it to every report that has none yet, and has it drawn again with it. */
export async function hangPictures(sources: Sources & { log: Log }, by: Poster): Promise<void> {
  const { db, teamId, policies } = sources;
  const { zone } = (await policies.current()).document.wiring;
  for (const { key, subject } of await deliveriesUnder(db, teamId, 'digest/')) {
    const week = parseWeek(key.slice('digest/'.length), zone);
    const main = digestAsPosted({ subject });
    if (!week || !main || main.picture) continue;
    const report = await composeReport(sources, week);
    const content = { ...contentOf(report), headline: main.headline };
    const { file } = await uploadPicture({ by, key, log: sources.log, report }, content);
    if (file === null) continue;
    await note(db, teamId, key, { main: { ...main, picture: { file, alt: content.picture.alt } } });
    await owe(db, teamId, [{ kind: 'redraw_digest', week: week.id }]);
  }
}

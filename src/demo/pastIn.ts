import type { Sources } from '../app/ports.ts';
import type { Instant } from '../core/values.ts';
import type { Log } from '../log.ts';
import type { Saved } from '../sandbox/index.ts';
import { demoApp } from './app.ts';
import { writeSlack } from './memory.ts';
import { makePast } from './past.ts';
import type { Settings } from './settings.ts';

type Place = { databaseUrl: string; sources: Sources; log: Log };

/** Makes the past, until now, in a migrated database and in the demo's folder. @returns when it ends, and what was said in Slack */
export async function pastIn(
  { dataDir, policyFile }: Pick<Settings, 'dataDir' | 'policyFile'>,
  { databaseUrl, sources, log }: Place,
): Promise<{ until: Instant; saved: Saved }> {
  const until = new Date().toISOString();
  const saved = await makePast({ databaseUrl, app: demoApp(), policyFile, sources, until, log });
  await writeSlack(dataDir, saved);
  return { until, saved };
}

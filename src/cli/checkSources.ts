import { dirname, resolve } from 'node:path';
import type { Env } from '../config.ts';
import { checkSources as tried } from '../connectors/index.ts';
import type { Wiring } from '../core/policy.ts';
import { fail, type Line, ok } from './verdict.ts';

/** Each source of the policy, tried as far as that goes without a customer. */
export async function checkSources({ sources }: Wiring, policyFile: string, env: Env): Promise<Line[]> {
  const found = await tried(sources, { env, baseDir: dirname(resolve(policyFile)) });
  return found.map((check) => {
    const what = `source ${check.source}`;
    const name = sources[check.source]?.name ?? check.source;
    return 'ok' in check
      ? ok(what, `${name} is set up right, as far as that shows without a customer`)
      : fail(what, `${name}: ${check.problem}; ${check.remedy}`);
  });
}

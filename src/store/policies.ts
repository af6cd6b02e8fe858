import { createHash } from 'node:crypto';
import { parse } from 'yaml';
import { type PolicyDocument, policyDocument, type Rules } from '../core/policy.ts';
import type { Db } from './schema.ts';

/** Versions never change once published, so each is read and parsed once a process. */
export type Policies = {
  /** The newest version. @throws Error where none was published yet */
  current(): Promise<{ version: number; document: PolicyDocument }>;
  byVersion(version: number): Promise<PolicyDocument>;
  rules(version: number): Promise<Rules>;
};

export function createPolicies(db: Db, teamId: string): Policies {
  const known = new Map<number, PolicyDocument>();
  const byVersion = async (version: number) => {
    const cached = known.get(version);
    if (cached) return cached;
    const row = await db
      .selectFrom('policies')
      .select('document')
      .where('team_id', '=', teamId)
      .where('version', '=', version)
      .executeTakeFirstOrThrow(() => new Error(`policy version ${version} is not in the database`));
    const document = policyDocument.parse(parse(row.document));
    known.set(version, document);
    return document;
  };
  return {
    byVersion,
    rules: async (version) => (await byVersion(version)).rules,
    async current() {
      const { version } = await db
        .selectFrom('policies')
        .select((eb) => eb.fn.max('version').as('version'))
        .where('team_id', '=', teamId)
        .executeTakeFirstOrThrow();
      if (version === null) throw new Error('no policy was published yet');
      return { version, document: await byVersion(version) };
    },
  };
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

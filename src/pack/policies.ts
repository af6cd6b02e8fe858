/** The versions of the policy that requests were made and decided under, and the files in which a pack has them. */
import { parse } from 'yaml';
import { type PolicyDocument, policyDocument } from '../core/policy.ts';
import type { ExceptionRequest } from '../core/request.ts';
import type { Instant } from '../core/values.ts';
import { policyTexts } from '../store/packs.ts';
import type { Source } from './record.ts';
import type { PolicyText } from './report/model.ts';

type Filed = PolicyText & { file: string };

export class PolicyShelf {
  readonly #all: readonly PolicyText[];
  readonly #single: boolean;
  readonly #taken = new Map<number, Filed>();
  readonly #parsed = new Map<number, PolicyDocument>();

  private constructor(all: readonly PolicyText[], single: boolean) {
    this.#all = all;
    this.#single = single;
  }

  /** @param single for a pack of one request, whose own version is `policy.yaml` */
  static async read({ db, teamId }: Source, single: boolean): Promise<PolicyShelf> {
    const rows = await policyTexts(db, teamId);
    const all = rows.map(({ published_at, ...row }) => ({ ...row, publishedAt: published_at.toISOString() }));
    return new PolicyShelf(all, single);
  }

  /**
   * What a request was made under, who filled which role then, and every version until the last thing that happened to it,
   * since wiring is always current.
   * @throws Error where its version is not in the record
   */
  take(state: ExceptionRequest, last: Instant) {
    const policy = this.#all.find(({ version }) => version === state.policyVersion);
    if (!policy) throw new Error(`policy version ${state.policyVersion} is not in the record`);
    const then = this.#all.findLast(({ publishedAt }) => publishedAt <= state.submittedAt) ?? policy;
    const used = this.#all.filter(
      (one) => one === policy || one === then || (one.version > then.version && one.publishedAt <= last),
    );
    const files = used.map((one) => this.#file(one, one === policy));
    return { policy, files, rules: this.#document(policy).rules, wiring: this.#document(then).wiring };
  }

  /** All that were taken, for the pack. */
  taken = (): Filed[] => [...this.#taken.values()].sort((a, b) => a.version - b.version);

  #file(policy: PolicyText, own: boolean): Filed {
    const known = this.#taken.get(policy.version);
    if (known) return known;
    const filed = { ...policy, file: this.#single && own ? 'policy.yaml' : `policy-v${policy.version}.yaml` };
    this.#taken.set(policy.version, filed);
    return filed;
  }

  #document(policy: PolicyText): PolicyDocument {
    const known = this.#parsed.get(policy.version);
    if (known) return known;
    const document = policyDocument.parse(parse(policy.document));
    this.#parsed.set(policy.version, document);
    return document;
  }
}

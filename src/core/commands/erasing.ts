/** Taking personal data out of a record that is over. Its events stay, and with them who decided what and when. */
import type { Context, Of, Outcome } from '../command.ts';
import { SYSTEM } from '../events.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import { type ExceptionRequest, isClosed } from '../request.ts';
import { holds, mayActAs } from '../standing.ts';

const BY = ['compliance', 'admins'] as const;

/**
 * By compliance or the admins, with a reason, and by the program where the policy says for how long things are kept. Refuses
 * what `mayActAs` does, `not_over`, `rationale_missing`, `nothing_to_erase`.
 */
export function erase(
  state: ExceptionRequest,
  { by, at, because, what, words }: Of<'erase'>,
  { policy: { rules }, standing, erasable }: Context,
): Outcome {
  if (because === 'request') {
    const role = BY.find((each) => holds(standing, each));
    if (!role) return refuse({ why: 'not_of', role: 'compliance' });
    const authority = mayActAs(state, by, standing, role, rules);
    if (isRefusal(authority)) return authority;
  } else if (by !== SYSTEM) return refuse({ why: 'not_of', role: 'compliance' });
  const unfinished = notOver(state);
  if (unfinished) return unfinished;
  if (because === 'request' && !words?.text?.trim()) return refuse({ why: 'rationale_missing' });
  if (what.length === 0) return refuse({ why: 'nothing_to_erase' });
  const { files = [], ...parts } = erasable ?? {};
  const contents = Object.entries(parts).flatMap(([part, ids]) => (what.some((one) => one === part) ? ids : []));
  const bytes = what.includes('files') ? files : [];
  if (erasable && contents.length + bytes.length === 0) return refuse({ why: 'nothing_to_erase' });
  return [{ type: 'erased', by, at, because, what, contents, files: [...bytes], words }];
}

/** What has ended may be erased although its record was never closed. */
function notOver(state: ExceptionRequest): Refusal | null {
  if (state.status === 'in_review') return refuse({ why: 'not_over', status: state.status });
  if (isClosed(state) || (state.status === 'approved' && state.ended)) return null;
  return refuse({ why: 'not_over', status: 'approved' });
}

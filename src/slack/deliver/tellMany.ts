/** One notice to several: everybody of a role, or the group that owns a kind of case. */
import type { Intent } from '../../app/intents.ts';
import { owe } from '../../store/outbox.ts';
import { membersOf } from '../../store/people.ts';
import { wording } from '../wording/index.ts';
import type { Deps } from './deps.ts';
import { alertOf } from './route.ts';
import { sceneOf } from './scene.ts';

type Of<K extends Intent['kind']> = Extract<Intent, { kind: K }>;

/** Whoever asks is not told as one of the role: they hear of it in their own message. */
export async function tellRole(deps: Deps, { number, seq, role, notice }: Of<'tell_role'>): Promise<void> {
  const { state, wiring } = await sceneOf(deps, number);
  const { people } = await membersOf(deps.db, deps.teamId, wiring, role);
  if (people.length === 0)
    await owe(deps.db, deps.teamId, [alertOf(deps, `group/${role}`, wording().trouble.nobodyInRole(role))]);
  const asking = [state.requester, state.beneficiary, state.owner];
  const told = people.filter((person) => !asking.includes(person));
  await owe(
    deps.db,
    deps.teamId,
    told.map((person): Intent => ({ kind: 'tell', number, seq, person, notice })),
  );
}

export async function tellOwners(_deps: Deps, _intent: Of<'tell_owners'>): Promise<void> {}

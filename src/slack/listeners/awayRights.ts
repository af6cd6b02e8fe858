/** Who may say of whom that they are away, and the sentence for whoever may not. */
import type { AbsenceRefusal, AbsenceRights } from '../../core/absences.ts';
import { isOf, type Standing } from '../../core/standing.ts';
import { namesOf, zonesOf } from '../../store/people.ts';
import { FIELD } from '../ids.ts';
import { wording } from '../wording/index.ts';
import type { Actor, Listening } from './listening.ts';

const { away, format } = wording();

/** What Slack said of the person, whatever the request. */
export const standingNow = async ({ log, teamId, clock }: Listening, person: string): Promise<Standing> =>
  (await log.load({ teamId, number: null, actor: person, key: null, at: clock.now() })).standing;

/** Of roles that are the actor's own: who stands in for a supervisor sets nobody's absence by it. */
export async function rightsOf(bot: Listening, actor: Actor, person: string): Promise<AbsenceRights> {
  const [own, theirs] = await Promise.all([standingNow(bot, actor.id), standingNow(bot, person)]);
  return { supervisor: isOf(own, 'ops_supervisors'), executive: isOf(theirs, 'executives') };
}

/** The IANA zone in which the actor reads times. */
export async function zoneOf({ db, teamId, policies }: Listening, actor: Actor): Promise<string> {
  const zones = await zonesOf(db, teamId, [actor.id]);
  return zones[actor.id] ?? (await policies.current()).document.wiring.zone;
}

export async function sentence(bot: Listening, refusal: AbsenceRefusal, actor: Actor): Promise<string> {
  const { refusal: say } = away;
  const zone = await zoneOf(bot, actor);
  switch (refusal.why) {
    case 'delegate_away': {
      const { person, from, until } = refusal;
      const names = await namesOf(bot.db, bot.teamId, [person]);
      return say.delegate_away(names[person] ?? person, format.time(from, zone), format.time(until, zone));
    }
    case 'absence_over':
      return say.absence_over(format.time(refusal.until, zone));
    default:
      return say[refusal.why];
  }
}

/** The field at which a refusal is told. */
export const FIELD_OF = {
  not_theirs_to_set: FIELD.person,
  ends_before_it_starts: FIELD.awayUntil,
  in_the_past: FIELD.awayUntil,
  delegate_is_self: FIELD.delegate,
  delegate_is_setter: FIELD.delegate,
  delegate_is_assistant: FIELD.delegate,
  delegate_unfit: FIELD.delegate,
  delegate_away: FIELD.delegate,
  loop: FIELD.delegate,
  no_such_absence: FIELD.person,
  absence_over: FIELD.person,
  not_executive: FIELD.person,
  assistant_unfit: FIELD.person,
  no_assistant: FIELD.person,
} as const satisfies Record<AbsenceRefusal['why'], string>;

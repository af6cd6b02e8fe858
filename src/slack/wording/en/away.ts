/** Being away: the modal that says so, who decides meanwhile, and what those concerned are told. */
import { type Inline, type Line, line } from '../../mrkdwn.ts';
import { ex } from './names.ts';

const ONE_PERSON =
  'While it lasts, and for every request that was open meanwhile, the two of you count as one person: what one of you confirmed, the other cannot authorize, and neither decides what the other asked for.';

export const away = {
  title: 'I am away',
  titleForOther: 'Set cover',
  submit: 'Set',
  close: 'Not now',
  says: 'You get no calls or reminders meanwhile, and escalations pass you over. Requests that wait for your roles go to the others in them and to whoever decides for you.',
  coverFor: (number: number, waiting: string): string =>
    `${ex(number)} waits for ${waiting}. Pick who is away, and who decides for them meanwhile. Both are told that you set it.`,
  who: 'Who is away',
  whoHint: 'Yourself, or somebody whose absence you may set.',
  from: 'From',
  until: 'Back on',
  delegate: 'Who decides for them meanwhile',
  delegateOwn: 'Who decides for you meanwhile',
  delegateHint:
    'They may decide in the same roles. For the rule of two people you count as one. Leave it empty for nobody.',
  why: 'Why',
  whyHint: 'Kept in the record. Whoever decides meanwhile reads it.',
  present: (name: string | null, from: Inline, until: Inline, standIn: Inline | null): Line => {
    const who = name === null ? 'You are' : `${name} is`;
    const whom = name === null ? 'you' : 'them';
    const meanwhile = standIn === null ? `nobody decides for ${whom}` : line`${standIn} decides for ${whom}`;
    return line`${who} away from ${from} until ${until}; ${meanwhile}.`;
  },
  replaces: 'What you send takes the place of whatever overlaps it.',
  missing: { who: 'Pick who is away.', time: 'Pick a day and a time.' },
  set: 'Away',
  replaced: 'It takes the place of what had been set for that time.',
  button: "I'm away",
  back: "I'm back",
  change: 'Change',
  welcome: {
    title: 'Welcome back',
    text: 'You are no longer away: what waits for your roles comes to you again.',
    other: (name: string): string => `${name} is no longer away: what waits for their roles comes to them again.`,
  },
  notAway: 'You are not away.',
  /** In the details of a request: those whose turn it would be. */
  awayLine: (all: Line): Line => line`Away: ${all}.`,
  awayUntil: (name: Inline, until: Inline, standIn: Inline | null): Line =>
    standIn === null ? line`${name} until ${until}` : line`${name} until ${until} (${standIn} decides for them)`,
  refusal: {
    not_theirs_to_set:
      'You can set only your own absence. Operations supervisors can set anybody’s, and an executive can name an assistant who sets theirs.',
    ends_before_it_starts: 'This is not after the start. Pick a later day or time.',
    in_the_past: 'This is over already. Pick a time to come.',
    delegate_is_self: 'Nobody decides for themselves while they are away. Pick somebody else, or leave it empty.',
    delegate_is_setter:
      'You set this for somebody else, so you cannot be the one who decides for them. Pick somebody else, or leave it empty.',
    delegate_is_assistant:
      'This is their assistant, and assistants never decide for them. Pick somebody else, or leave it empty.',
    delegate_unfit: 'This is not an active member of this workspace. Pick a colleague who can decide here.',
    delegate_away: (who: string, from: string, until: string): string =>
      `${who} is away then (${from} to ${until}), and nobody decides for them. Pick somebody else, or ask them to name somebody.`,
    loop: 'They are away then, too, and it would come back to whoever is away: nobody would be left to decide. Pick somebody else.',
    no_such_absence: 'There is no such absence. Open Home to see what is set.',
    absence_over: (at: string): string => `This absence ended already (${at}), so nothing was changed.`,
    not_executive: 'Only an executive names an assistant, and only their own. Nothing was changed.',
    assistant_unfit: 'Pick somebody else: nobody is their own assistant.',
    no_assistant: 'There is no assistant to dismiss, so nothing was changed.',
  },
  dm: {
    setForYou: (by: Inline, from: Inline, until: Inline): Line =>
      line`${by} set that you are away from ${from} until ${until}.`,
    decidesForYou: (who: Inline): Line => line`${who} decides for you meanwhile.`,
    nobodyDecides: 'Nobody decides for you meanwhile.',
    setForYouNext: 'If that is wrong, press I’m back, or set it right with /exception away.',
    standIn: (person: Inline, from: Inline, until: Inline): Line =>
      line`You decide for ${person} from ${from} until ${until}, in their roles. The card and the record will say for whom.`,
    standInMeans: ONE_PERSON,
    setBy: (by: Inline): Line => line`Set by ${by}.`,
    wrote: (by: Inline): Line => line`${by} wrote:`,
    endedForYou: (by: Inline): Line => line`${by} set that you are no longer away.`,
    endedForYouNext: 'What waits for your roles comes to you again. If you are away, say so with /exception away.',
    noLonger: (person: Inline): Line =>
      line`You no longer decide for ${person}: they are back, or it was set otherwise.`,
    noLongerMeans:
      'What you decided stays. For requests that were open meanwhile the two of you still count as one person.',
    named: (person: Inline): Line =>
      line`${person} named you as their assistant: you may set when they are away and who decides for them, with /exception away.`,
    namedMeans: 'You never decide for them by that, and you cannot name yourself.',
    dismissed: (person: Inline): Line =>
      line`You are no longer the assistant of ${person}, so you cannot set their absences.`,
  },
  assistant: {
    button: 'Assistant',
    title: 'Your assistant',
    submit: 'Save',
    close: 'Not now',
    says: 'They may set when you are away and who decides for you. They never decide for you by that. Leave it empty for nobody.',
    who: 'Who',
    named: (name: string): string => `${name} may set your absences from now on. They are told so.`,
    dismissed: 'Nobody but you and the operations supervisors sets your absences now.',
  },
};

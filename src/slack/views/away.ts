/** Absences: the modal in which one is set, and what those concerned are told. */
import type { KnownBlock, ModalView } from '@slack/types';
import type { Absence } from '../../core/cover.ts';
import type { PersonEvent, Recorded } from '../../core/events.ts';
import type { Instant, Words } from '../../core/values.ts';
import { encode } from '../carried.ts';
import { FIELD, HOME, VIEW } from '../ids.ts';
import { LIMIT, truncate } from '../limits.ts';
import { asText, date, type Inline, type Line, line, mention, said } from '../mrkdwn.ts';
import { wording } from '../wording/index.ts';
import { actions, button, context, input, modal, plain, says, saysAndQuotes, section } from './blocks.ts';
import type { Message } from './message.ts';
import { textBox } from './textBox.ts';

type Names = Readonly<Record<string, string>>;
const nameIn = (names: Names, person: string): Inline => names[person] ?? mention(person);

export type AwayForm = {
  /** Whose absence the reader may set beside their own: anybody's, or only their own. */
  forOthers: boolean;
  /** Who is chosen; null where the reader is to choose. */
  person: string | null;
  /** What is set already for whoever is chosen. */
  present: Absence[];
  /** The request for which cover is sought, and who is waited for. */
  cover: { number: number; waiting: string } | null;
  from: Instant;
  names: Names;
  locale?: string | undefined;
};

const seconds = (at: Instant): number => Math.floor(Date.parse(at) / 1000);

export function awayModal(form: AwayForm): ModalView {
  const { away: say, form: words } = wording(form.locale);
  const { cover, forOthers, person, from } = form;
  const time = (id: string, label: string, initial?: number) =>
    input({
      block_id: id,
      label,
      optional: false,
      element: {
        type: 'datetimepicker',
        action_id: id,
        ...(initial === undefined ? {} : { initial_date_time: initial }),
      },
    });
  const someone = (id: string, label: string, { hint, optional, initial }: Picking) =>
    input({
      block_id: id,
      label,
      hint,
      optional,
      element: {
        type: 'users_select',
        action_id: id,
        placeholder: plain(words.pickPerson),
        ...(initial ? { initial_user: initial } : {}),
      },
    });
  return modal({
    callback: VIEW.away,
    title: cover ? say.titleForOther : say.title,
    submit: say.submit,
    close: say.close,
    metadata: encode({ v: 1, ...(cover ? { n: cover.number } : {}) }),
    blocks: [
      section(cover ? say.coverFor(cover.number, cover.waiting) : say.says),
      ...form.present.map((absence) => says(presentLine(absence, form))),
      ...(form.present.length > 0 ? [context(say.replaces)] : []),
      ...(forOthers ? [someone(FIELD.person, say.who, { hint: say.whoHint, optional: false, initial: person })] : []),
      time(FIELD.awayFrom, say.from, seconds(from)),
      time(FIELD.awayUntil, say.until),
      someone(FIELD.delegate, forOthers ? say.delegate : say.delegateOwn, {
        ...{ hint: say.delegateHint, optional: true, initial: null },
      }),
      textBox({ id: FIELD.reason, label: say.why, hint: say.whyHint, optional: true }),
    ],
  });
}
type Picking = { hint: string; optional: boolean; initial: string | null };

type Present = { names: Names; locale?: string | undefined };
type Shown = Pick<Absence, 'from' | 'until' | 'delegate'>;
/** `You are away from … until …; Tom decides for you.` */
const presentLine = ({ from, until, delegate }: Shown, { names, locale }: Present, whose: string | null = null): Line =>
  wording(locale).away.present(whose, date(from), date(until), delegate && nameIn(names, delegate));

/** What was set, for whoever set it. */
export function absenceSetModal(
  absence: Shown,
  { whose, replaced, ...present }: Present & { whose: string | null; replaced: boolean },
): ModalView {
  const { away: say, notices } = wording(present.locale);
  return modal({
    callback: VIEW.notice,
    title: say.set,
    close: notices.close,
    blocks: [says(presentLine(absence, present, whose)), ...(replaced ? [context(say.replaced)] : [])],
  });
}

/** On Home: what is set for its reader, and what they can do about it. */
export const absencesOnHome = (absences: Absence[], person: string, present: Present): KnownBlock[] =>
  absences.flatMap((absence) => {
    const { away: say } = wording(present.locale);
    return [
      says(presentLine(absence, present)),
      actions(`home-absence-${absence.id}`, [
        button(HOME.back, say.back, encode({ v: 1, p: person, a: absence.id })),
        button(HOME.away, say.change, encode({ v: 1 })),
      ]),
    ];
  });

export function assistantModal(assistant: string | null, locale?: string): ModalView {
  const { away, form } = wording(locale);
  const { assistant: say } = away;
  return modal({
    callback: VIEW.assistant,
    title: say.title,
    submit: say.submit,
    close: say.close,
    metadata: encode({ v: 1 }),
    blocks: [
      section(say.says),
      input({
        block_id: FIELD.person,
        label: say.who,
        optional: true,
        element: {
          type: 'users_select',
          action_id: FIELD.person,
          placeholder: plain(form.pickPerson),
          ...(assistant ? { initial_user: assistant } : {}),
        },
      }),
    ],
  });
}

/** What one event means for one of those concerned: whoever it is about, who stands in, or the assistant. */
export type Concerned = { to: string; as: 'person' | 'delegate' | 'assistant' };
type ToldOf = {
  event: Recorded<PersonEvent>;
  as: Concerned['as'];
  names: Names;
  /** How an instant is written where the reader's zone is not known. */
  write: (at: Instant) => string;
  locale?: string | undefined;
};

export function absenceMessage(told: ToldOf): Message {
  const { first, more } = sentences(told);
  return { text: truncate(asText(first, told.write), LIMIT.messageText), blocks: [says(first), ...more] };
}

type Sentences = { first: Line; more: KnownBlock[] };
function sentences(told: ToldOf): Sentences {
  const { event, as, names } = told;
  const { dm: say } = wording(told.locale).away;
  const [by, person] = [nameIn(names, event.by), nameIn(names, event.person)];
  switch (event.type) {
    case 'absence_set':
      return as === 'person' ? setForThem(told, event) : standsIn(told, event);
    case 'absence_ended':
      return as === 'person'
        ? { first: say.endedForYou(by), more: [context(say.endedForYouNext)] }
        : { first: say.noLonger(person), more: [context(say.noLongerMeans)] };
    case 'assistant_named':
      return { first: say.named(person), more: [context(say.namedMeans)] };
    case 'assistant_dismissed':
      return { first: say.dismissed(person), more: [] };
    default:
      return event satisfies never;
  }
}

type AbsenceSet = Extract<Recorded<PersonEvent>, { type: 'absence_set' }>;

function setForThem({ names, locale }: ToldOf, event: AbsenceSet): Sentences {
  const { away } = wording(locale);
  const { by, person, from, until, delegate, absence, why } = event;
  const meanwhile = delegate === null ? line`${away.dm.nobodyDecides}` : away.dm.decidesForYou(nameIn(names, delegate));
  const first = away.dm.setForYou(nameIn(names, by), date(from), date(until));
  return {
    first: line`${first} ${meanwhile}`,
    more: [
      ...wrote(nameIn(names, by), why, locale),
      context(away.dm.setForYouNext),
      actions(`absence-${absence}`, [button(HOME.back, away.back, encode({ v: 1, p: person, a: absence }))]),
    ],
  };
}

function standsIn({ names, locale }: ToldOf, { by, person, from, until, why }: AbsenceSet): Sentences {
  const { dm: say } = wording(locale).away;
  return {
    first: say.standIn(nameIn(names, person), date(from), date(until)),
    more: [
      ...wrote(nameIn(names, by), why, locale),
      context(say.standInMeans),
      ...(by === person ? [] : [context(say.setBy(nameIn(names, by)))]),
    ],
  };
}

function wrote(by: Inline, why: Words | null, locale: string | undefined): KnownBlock[] {
  if (why === null) return [];
  const { away, names } = wording(locale);
  return [saysAndQuotes(away.dm.wrote(by), truncate(said(why, names.removed), LIMIT.sectionText))];
}

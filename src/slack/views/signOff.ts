/** Signing a week's report off: what stands below the report, the modal, and the messages to those who have not. */
import type { KnownBlock, ModalView } from '@slack/types';
import type { Wiring } from '../../core/policy.ts';
import type { Instant } from '../../core/values.ts';
import { dayIn } from '../../core/week.ts';
import type { WeekReview } from '../../core/weekReview.ts';
import { encode } from '../carried.ts';
import { ACTION, FIELD, VIEW } from '../ids.ts';
import { LIMIT, truncate } from '../limits.ts';
import { asText, date, type Inline, line, link, mention, said } from '../mrkdwn.ts';
import { wording } from '../wording/index.ts';
import { actions, button, context, modal, says, saysAndQuotes, section } from './blocks.ts';
import type { Message } from './message.ts';
import { textBox } from './textBox.ts';

export type DrawnSignOff = {
  state: WeekReview;
  /** `16–22 Nov 2026` */
  days: string;
  dueAt: Instant;
  wiring: Wiring;
  names: Readonly<Record<string, string>>;
  locale?: string | undefined;
};

const wordsOf = ({ locale }: DrawnSignOff) => wording(locale);
const nameOf = ({ names }: DrawnSignOff, person: string): Inline => names[person] ?? mention(person);
const dueDay = ({ dueAt, wiring }: DrawnSignOff): string => dayIn(dueAt, wiring.zone);

/** Below the report: the button, or who has signed it off. */
export function signOffBlocks(drawn: DrawnSignOff): KnownBlock[] {
  const { signOff: say, role } = wordsOf(drawn);
  const { signedOff } = drawn.state;
  if (!signedOff)
    return [context(say.awaited(role('compliance', drawn).members, dueDay(drawn))), buttonOf(drawn, 'report')];
  const { by, at, remarks } = signedOff;
  return [says(say.signed(nameOf(drawn, by), date(at), remarks !== null))];
}

const buttonOf = (drawn: DrawnSignOff, where: string) => {
  const { week } = drawn.state;
  const value = encode({ v: 1, week });
  return actions(`sign-off-${where}-${week}`, [
    button(ACTION.signOff, wordsOf(drawn).signOff.button, value, 'primary'),
  ]);
};

export function signOffModal(drawn: DrawnSignOff): ModalView {
  const { modal: say } = wordsOf(drawn).signOff;
  return modal({
    callback: VIEW.signOff,
    title: say.title,
    submit: say.submit,
    close: say.close,
    metadata: encode({ v: 1, week: drawn.state.week }),
    blocks: [
      section(say.says(drawn.days)),
      textBox({ id: FIELD.reason, label: say.remarks, hint: say.hint, optional: true }),
    ],
  });
}

/** A line in the report's thread; null while nobody has signed. */
export function signedLine(drawn: DrawnSignOff): Message | null {
  const { signOff: say, names } = wordsOf(drawn);
  const { signedOff } = drawn.state;
  if (!signedOff) return null;
  const { by, remarks } = signedOff;
  const who = nameOf(drawn, by);
  const sentence = remarks ? say.told(who, drawn.days) : say.toldBare(who, drawn.days);
  return {
    text: truncate(asText(sentence, String), LIMIT.messageText),
    blocks: [
      remarks ? saysAndQuotes(sentence, truncate(said(remarks, names.removed), LIMIT.sectionText)) : says(sentence),
    ],
  };
}

/** To each of those who sign, once the time is over; as it is now. @param report a link to it, null for none */
export function chaseMessage(drawn: DrawnSignOff, time: number, report: string | null): Message {
  const { chase: say } = wordsOf(drawn).signOff;
  const { signedOff } = drawn.state;
  if (signedOff) {
    const done = say.done(drawn.days, nameOf(drawn, signedOff.by), date(signedOff.at));
    return { text: truncate(asText(done, String), LIMIT.messageText), blocks: [says(done)] };
  }
  const headline = say.headline(drawn.days, dueDay(drawn), time);
  return {
    text: truncate(asText(line`${headline} ${say.whatNow}`, String), LIMIT.messageText),
    blocks: [
      says(line`${headline}`),
      says(line`${say.whatNow}`),
      ...(report ? [says(line`${link(report, say.read)}`)] : []),
      buttonOf(drawn, `chase-${time}`),
      context(say.why),
    ],
  };
}

/** What somebody is told privately about a reply of theirs in a card's thread. */
import type { ExceptionRequest } from '../../core/request.ts';
import { encode } from '../carried.ts';
import { ACTION } from '../ids.ts';
import { line } from '../mrkdwn.ts';
import { wording } from '../wording/index.ts';
import { actions, button, says } from './blocks.ts';
import { type Message, privateMessage } from './message.ts';

/** The record is read-only, or its writer audits, so the reply is no part of it; or it reads as if it decided. */
export type RemarkNote = 'closed' | 'auditor' | 'decides';

export function remarkNote(state: ExceptionRequest, note: RemarkNote, locale?: string): Message {
  const { remark, button: name } = wording(locale);
  const text = note === 'closed' ? remark.closed(state.number, state.status) : remark[note](state.number);
  const stage = state.status === 'in_review' ? state.stage : null;
  const open = button(ACTION.open, name.open, encode({ v: 1, n: state.number, r: state.round, s: stage }));
  return { ...privateMessage(text), blocks: [says(line`${text}`), actions(`remark-${state.number}`, [open])] };
}

/** What the reader can do now, as buttons: what is most likely to be wanted first. */
import type { ActionsBlock, Button, KnownBlock } from '@slack/types';
import { encode } from '../../carried.ts';
import { ACTION, type DeedName } from '../../ids.ts';
import { actions, button, context } from '../blocks.ts';
import { idOf } from '../card.ts';
import { type Drawn, refOf, wordsOf } from '../drawn.ts';

/** A deed that the reader may do; `i` is which of several it is about. */
export type Act = { name: DeedName; button: string; i?: number | undefined; style?: 'primary' | 'danger' | undefined };
/** What the reader can do beside the deeds; a button that would be refused is not offered. */
export type Can = {
  approve: boolean;
  reject: boolean;
  requestInfo: boolean;
  withdraw: boolean;
  /** The question that waits for the reader's answer. */
  answer: number | null;
  /** Change what was asked for, or complete it where it was sent back. */
  change: boolean;
  askAgain: boolean;
  /** Ask that what was approved goes on after its end. */
  renew: boolean;
};
export const NOTHING: Can = {
  ...{ approve: false, reject: false, requestInfo: false, withdraw: false, answer: null },
  ...{ change: false, askAgain: false, renew: false },
};

/** What is somebody's task, rather than something they may do as well. */
const LIKELY: readonly DeedName[] = [
  ...(['pick_tier', 'release_hold', 'execute', 'meet_condition', 'close', 'check_effectiveness', 'object'] as const),
];
/** Of the elements that Slack takes in one row. */
const IN_ROW = 20;

export function acts(drawn: Drawn, can: Can, deeds: Act[]): KnownBlock[] {
  const likely = deeds.filter(({ name }) => LIKELY.includes(name));
  const rest = deeds.filter(({ name }) => !LIKELY.includes(name));
  const first = [...deciding(drawn, can), ...asking(drawn, can), ...likely.map((act) => deedButton(drawn, act, deeds))];
  const others = [...stepping(drawn, can), ...rest.map((act) => deedButton(drawn, act, deeds))];
  return [
    ...rows(drawn, 'can', first),
    ...(others.length > 0 ? [context(wordsOf(drawn).record.otherActs), ...rows(drawn, 'more', others)] : []),
  ];
}

function deciding(drawn: Drawn, can: Can): Button[] {
  const { button: name } = wordsOf(drawn);
  const value = encode(refOf(drawn));
  return [
    ...(can.approve ? [button(ACTION.approve, name.approve, value, 'primary')] : []),
    ...(can.reject ? [button(ACTION.reject, name.reject, value, 'danger')] : []),
    ...(can.requestInfo ? [button(ACTION.requestInfo, name.requestInfo, value)] : []),
  ];
}

function asking(drawn: Drawn, can: Can): Button[] {
  const { state } = drawn;
  const { button: name } = wordsOf(drawn);
  const value = encode(refOf(drawn));
  const question = can.answer === null ? null : encode({ v: 1, n: state.number, q: can.answer });
  const change = state.status === 'in_review' && state.returned ? name.complete : name.change;
  return [
    ...(question ? [button(ACTION.answer, name.answer, question, 'primary')] : []),
    ...(can.change ? [button(ACTION.amend, change, value)] : []),
    ...(can.askAgain ? [button(ACTION.askAgain, name.askAgain, value)] : []),
    ...(can.renew ? [button(ACTION.renew, wordsOf(drawn).endings.renewIt, value)] : []),
    ...(can.withdraw ? [button(ACTION.withdraw, name.withdraw, value)] : []),
  ];
}

/** Whoever could decide may have an interest to declare. */
const stepping = (drawn: Drawn, can: Can): Button[] =>
  can.reject ? [button(ACTION.conflict, wordsOf(drawn).button.conflict, encode(refOf(drawn)))] : [];

/** Of several of a kind, each says which it is about. */
function deedButton(drawn: Drawn, { name, button: text, i, style }: Act, all: Act[]): Button {
  const several = all.filter((act) => act.name === name).length > 1;
  const shown = several && i ? wordsOf(drawn).record.each(text, i) : text;
  return button(name, shown, encode({ v: 1, n: drawn.state.number, ...(i ? { i } : {}) }), style);
}

/** Slack tells the buttons of a row apart by what they do: a second one of a kind goes into the next row. */
function rows(drawn: Drawn, id: string, buttons: Button[]): ActionsBlock[] {
  const all: Button[][] = [];
  for (const each of buttons) {
    const row = all.find((one) => one.length < IN_ROW && !one.some(({ action_id }) => action_id === each.action_id));
    if (row) row.push(each);
    else all.push([each]);
  }
  return all.map((row, at) => actions(idOf(drawn, `${id}-${at}`), row));
}

/**
 * A deed: something a person does about one request by a button, and mostly a modal in which they say why. It is a command
 * with its form. Whether somebody may do it is asked of the core, by trying the command without carrying it out; so a
 * button that would be refused is not offered.
 */
import type { ViewOutput, ViewResponseAction } from '@slack/bolt';
import type { KnownBlock, ModalView } from '@slack/types';
import { toWords } from '../../app/content.ts';
import type { Intent } from '../../app/intents.ts';
import type { Command } from '../../core/command.ts';
import { decide } from '../../core/decide.ts';
import type { Rules } from '../../core/policy.ts';
import { isRefusal, type Refusal } from '../../core/refusal.ts';
import type { ExceptionRequest } from '../../core/request.ts';
import type { Instant, Words } from '../../core/values.ts';
import { type DeedRef, encode } from '../carried.ts';
import { type DeedName, FIELD } from '../ids.ts';
import type { Listening, Seen } from '../listeners/listening.ts';
import { modal } from '../views/blocks.ts';
import { type Drawn, unveiled, wordsOf } from '../views/drawn.ts';
import { subject } from '../views/textBox.ts';
import { wording } from '../wording/index.ts';

/** A command without who gives it and when. */
export type Order<C extends Command = Command> = C extends Command ? Omit<C, 'by' | 'at'> : never;
type Values = ViewOutput['state']['values'];
/** What is wrong with what was typed, by the field. */
type Errors = { errors: Record<string, string> };

export type Deed = {
  name: DeedName;
  /** What the button says. */
  button: string;
  style?: 'primary' | 'danger';
  /**
   * Which of several there is to do it to (holds, conditions, questions, rounds), for the details modal; left out, the
   * request as a whole.
   */
  each?(state: ExceptionRequest): number[];
  /** The command as it would be, its texts made up: the core says whether this person may give it. */
  trial(state: ExceptionRequest, i: number, rules: Rules): Order;
  /** Further forms of it, where some people may give one and not another: any that passes will do. */
  otherwise?(state: ExceptionRequest): Order[];
  /** What is owed for one press where there is no command to carry out: the trial then only says who may press. */
  instead?(seen: Seen): Intent[];
  /** The form; left out for what one press does. */
  form?: {
    title: string;
    submit: string;
    /** The field where it is said that something went wrong on our side, so that nothing typed is lost. */
    field: string;
    blocks(drawn: Drawn, i: number): KnownBlock[];
    /** @returns the command, or what is wrong at which field; `at` is now */
    read(values: Values, seen: Seen, i: number, at: Instant): Order | Errors;
    /** What is wrong that only the directory can tell: whether somebody who was picked may do it. */
    check?(bot: Listening, order: Order, seen: Seen): Promise<Errors | null>;
  };
  /** Whether pressing says what to do about a refusal: then it is offered all the same. */
  explains?(refusal: Refusal): boolean;
  /** What is said after one press; left out where the message that was pressed shows it. */
  done?(number: number): { title: string; text: string };
};

/** Stands for words that are not written yet. */
export const SOME_WORDS: Words = { content: '', nonce: null, text: '…' };

/** Why this person cannot do it now; null where they can. */
export function refusalOf(deed: Deed, seen: Seen, by: string, at: Instant, i = 0): Refusal | null {
  const { state, policy, standing, contentHash } = seen;
  const context = { number: state.number, policy, standing, contentHash, exposure: null };
  const outcomes = [deed.trial(state, i, policy.rules), ...(deed.otherwise?.(state) ?? [])].map((order) =>
    decide(state, { ...order, by, at } as Command, context),
  );
  const refusals = outcomes.filter(isRefusal);
  return refusals.length < outcomes.length ? null : (refusals[0] ?? null);
}

/** Whether its button is shown to this person. */
export function isOffered(deed: Deed, seen: Seen, by: string, at: Instant, i = 0): boolean {
  const no = refusalOf(deed, seen, by, at, i);
  return no === null || deed.explains?.(no) === true;
}

const deedValue = (number: number, i?: number): string =>
  encode({ v: 1, n: number, ...(i ? { i } : {}) } satisfies DeedRef);

type Form = NonNullable<Deed['form']>;
export const deedModal = (deed: Deed, form: Form, given: Drawn, i: number): ModalView =>
  deedModalOf(deed, form, unveiled(given), i, form.blocks(unveiled(given), i));

/** @param blocks the form as it is filled in so far, where it is drawn anew while it is open */
export function deedModalOf(deed: Deed, form: Form, drawn: Drawn, i: number, blocks: KnownBlock[]): ModalView {
  return modal({
    callback: deed.name,
    title: form.title,
    submit: form.submit,
    close: wordsOf(drawn).deed.close,
    metadata: deedValue(drawn.state.number, i),
    blocks: [subject(drawn), ...blocks],
  });
}

/** What stands in a text field, as words of the record; an error at the field where it is needed and missing. */
export function wordsIn(values: Values, field: string, label: string): Words | Errors {
  const text = textIn(values, field);
  const { formErrors } = wording();
  if (text === null) return { errors: { [field]: formErrors.required(label) } };
  if (!text.isWellFormed() || text.includes('\0')) return { errors: { [field]: formErrors.unreadable } };
  return toWords(text);
}

export const textIn = (values: Values, field: string): string | null => values[field]?.[field]?.value?.trim() || null;
export const choiceIn = (values: Values, field: string): string | null =>
  values[field]?.[field]?.selected_option?.value ?? null;
export const ticksIn = (values: Values, field: string): string[] =>
  values[field]?.[field]?.selected_options?.map(({ value }) => value ?? '') ?? [];
export const dayIn = (values: Values, field: string): string | null => values[field]?.[field]?.selected_date ?? null;
export const personIn = (values: Values, field: string): string | null => values[field]?.[field]?.selected_user ?? null;

export const isWrong = (value: object): value is Errors => 'errors' in value;
export const asAnswer = ({ errors }: Errors): ViewResponseAction => ({ response_action: 'errors', errors });

/** The one field that most forms of a deed have. */
export const REASON = FIELD.reason;

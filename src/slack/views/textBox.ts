/** The box for a longer text, and the line that says which request a small modal is about. */
import type { KnownBlock } from '@slack/types';
import { LIMIT, truncate } from '../limits.ts';
import { line } from '../mrkdwn.ts';
import { input, says } from './blocks.ts';
import { type Drawn, subjectOf, wordsOf } from './drawn.ts';

type Box = { id: string; label: string; hint: string; optional?: boolean; typed?: string };
export const textBox = ({ id, label, hint, optional, typed }: Box): KnownBlock =>
  input({
    block_id: id,
    label,
    hint,
    optional: optional ?? false,
    element: {
      type: 'plain_text_input',
      action_id: id,
      multiline: true,
      max_length: LIMIT.inputLength,
      ...(typed ? { initial_value: truncate(typed, LIMIT.inputLength) } : {}),
    },
  });

export const subject = (drawn: Drawn): KnownBlock =>
  says(line`${wordsOf(drawn).ex(drawn.state.number)} ${subjectOf(drawn)}`);

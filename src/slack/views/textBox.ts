/** The box for a longer text, and the line that says which request a small modal is about. */
import type { KnownBlock } from '@slack/types';
import { LIMIT } from '../limits.ts';
import { line } from '../mrkdwn.ts';
import { says } from './blocks.ts';
import { type Drawn, subjectOf, wordsOf } from './drawn.ts';
import { typing } from './inputs.ts';

type Box = { id: string; label: string; hint: string; optional?: boolean; typed?: string };
export const textBox = ({ id, label, hint, optional, typed }: Box): KnownBlock =>
  typing(id, LIMIT.inputLength, { label, hint, optional, initial: typed ?? null, element: { multiline: true } });

export const subject = (drawn: Drawn): KnownBlock =>
  says(line`${wordsOf(drawn).ex(drawn.state.number)} ${subjectOf(drawn)}`);

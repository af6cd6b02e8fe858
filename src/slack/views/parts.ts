/** What direct messages share. */
import type { ActionsBlock, Button, KnownBlock } from '@slack/types';
import type { Condition } from '../../core/request.ts';
import { encode } from '../carried.ts';
import { ACTION } from '../ids.ts';
import { type Line, line, link } from '../mrkdwn.ts';
import { actions, button, context, facts, says } from './blocks.ts';
import { idOf } from './card.ts';
import { type Drawn, type Message, message, refOf, subjectOf, wordsOf } from './drawn.ts';
import { cardFacts } from './facts.ts';
import { conditions, progress } from './progress.ts';

export const open = (drawn: Drawn): Button => button(ACTION.open, wordsOf(drawn).button.open, encode(refOf(drawn)));

export const onlyOpen = (drawn: Drawn): ActionsBlock => actions(idOf(drawn, 'open'), [open(drawn)]);

/** A sentence, what it is about and where that stands, and nothing to do but look. */
export const settled = (drawn: Drawn, sentence: Line): Message =>
  message(drawn, sentence, [says(sentence), ...about(drawn), onlyOpen(drawn)]);

/** @param apart conditions that are shown elsewhere */
export const about = (drawn: Drawn, apart: Condition[] = []): KnownBlock[] => [
  says(line`${subjectOf(drawn)}`),
  ...facts(cardFacts(drawn)),
  ...conditions(drawn, apart),
  ...progress(drawn),
];

/** The way to the card, where one is posted. */
export const cardLink = (drawn: Drawn): KnownBlock[] =>
  drawn.permalink ? [context([link(drawn.permalink, wordsOf(drawn).card.linkCard)])] : [];

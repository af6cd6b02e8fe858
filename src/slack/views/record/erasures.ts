/** What is gone from the record, by whom, when and why: it stays when the words are gone. */
import type { KnownBlock } from '@slack/types';
import { date, line } from '../../mrkdwn.ts';
import { says } from '../blocks.ts';
import type { Drawn } from '../drawn.ts';
import { erasedLine } from '../story.ts';
import { wroteInFull } from './texts.ts';

/** One entry an erasure. */
export const erasures = (drawn: Drawn): KnownBlock[][] =>
  drawn.state.erasures.map((erasure) => {
    const sentence = line`${date(erasure.at)}: ${erasedLine(drawn, erasure)}`;
    return erasure.words ? wroteInFull(drawn, sentence, erasure.words) : [says(sentence)];
  });

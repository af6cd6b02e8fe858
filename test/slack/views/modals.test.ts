import { describe, expect, it } from 'vitest';
import { FIELD } from '../../../src/slack/ids.ts';
import { answerModal, requestInfoModal } from '../../../src/slack/views/questions.ts';
import { withdrawModal } from '../../../src/slack/views/withdraw.ts';
import { answered, questioned, submitted } from '../../support/given.ts';
import { drawnAfter, inputOf, labels, read } from './support.ts';

const all = submitted();

describe('the small modals', () => {
  it('have one labelled box each', () => {
    const asked = drawnAfter(all, questioned());
    expect(labels(requestInfoModal(asked))).toEqual(['Question']);
    expect(labels(answerModal(asked, 1))).toEqual(['Answer']);
    expect(labels(withdrawModal(asked))).toEqual(['Reason']);
    expect(inputOf(withdrawModal(asked), FIELD.reason)?.optional).toBe(true);
  });

  it('do not ask for an answer that is no longer needed', () => {
    const view = answerModal(drawnAfter(all, questioned(), answered()), 1);
    expect(labels(view)).toEqual([]);
    expect(read(view)).toContain('needs no answer any more');
  });
});

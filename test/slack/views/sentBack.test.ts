import { describe, expect, it } from 'vitest';
import type { ExceptionRequest } from '../../../src/core/request.ts';
import { approvalCard } from '../../../src/slack/views/card.ts';
import { directMessage } from '../../../src/slack/views/direct.ts';
import { idOf } from '../../support/cast.ts';
import { given, submitted } from '../../support/given.ts';
import { hold, sendBack } from '../../support/orders.ts';
import { PROCEDURE } from '../../support/policy.ts';
import { buttons, drawn, read } from './support.ts';

const rules = { rules: PROCEDURE };
const stateOf = ({ state }: { state: unknown }) => state as ExceptionRequest;
const asked = given(submitted({ category: 'claim' }));
const back = asked.and('olga', sendBack(['contract', 'rationale'], 'The last page.'), rules);

describe('a request that was sent back', () => {
  it('says on its card what is missing, why and an example, what was written, and who is waited for', () => {
    const card = approvalCard(drawn(stateOf(back), rules));
    expect(read(card)).toContain(
      'Contract\nIt says what was promised.\nFor example: Frame contract 7\nRationale\nThe last page.',
    );
    expect(read(card)).toContain('1 Details: waiting for Ada to complete the request');
    expect(buttons(card).slice(0, 3)).toEqual(['Complete', 'Approve', 'Reject']);
  });

  it('and is confidential says on its card that it was, and no more', () => {
    const veiled = approvalCard(drawn({ ...stateOf(back), confidential: true }, rules));
    expect(read(veiled)).toContain('Sent back to the requester by Olga, who asks for more.');
    expect(read(veiled)).not.toMatch(/promised|last page/);
  });

  it('and is on hold, too, tells its owner of the button that there is', () => {
    const told = (story: typeof asked) =>
      directMessage('hold', drawn(stateOf(story.and('otto', hold('data_unavailable'), rules)), rules), idOf('ada'));
    expect(read(told(asked))).toContain('with Change.');
    expect(read(told(back))).toContain('with Complete.');
    expect(buttons(told(back))).toContain('Complete');
  });
});

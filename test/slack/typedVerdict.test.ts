import { describe, expect, it } from 'vitest';
import { readsAsDecision } from '../../src/slack/typedVerdict.ts';

describe('a reply reads as a decision', () => {
  it.each([
    ...[
      'Approved',
      'approved!',
      'I approve',
      'I approve this exception',
      'Approved from my side',
      'yes, approved :+1:',
    ],
    ...['ok to proceed', 'Okay to proceed from our side', 'Good to go', 'LGTM', 'Rejected.', 'I reject this', 'Denied'],
    ...['@Olga approved', 'EX-12 is approved', 'go ahead', 'Signed off.', 'not approved'],
  ])('%s', (text) => expect(readsAsDecision(text)).toBe(true));

  it.each([
    ...['', 'ok', 'thanks', 'please approve', 'Can you approve this?', 'approved?', 'Legal approved the old one'],
    ...['Who approved it', 'The customer rejected our offer', 'we should go over this again', 'I am not sure'],
    ...['approved by the board in March, see minutes', 'If this is approved we can ship on Friday as they asked'],
  ])('not: %s', (text) => expect(readsAsDecision(text)).toBe(false));
});

import { describe, expect, it } from 'vitest';
import { peopleNamed, wordsFromMarkup } from '../../src/slack/messageText.ts';

describe('what somebody wrote in Slack', () => {
  it.each([
    ['a &lt;b&gt; &amp;amp; c', 'a <b> &amp; c'],
    ['<@U0TOM> and <@U0NEW|new> and <@U0GONE>', '@Tom and @new and @U0GONE'],
    ['in <#C1|general> or <#C2>', 'in #general or #C2'],
    ['<!subteam^S1|@operations>, <!here>, <!channel|channel>', '@operations, @here, channel'],
    ['<!date^1700000000^{date}|14 Nov 2023>', '14 Nov 2023'],
    ['<https://crm.test/7>', 'https://crm.test/7'],
    ['<https://crm.test/7|the case>', 'the case (https://crm.test/7)'],
    ['<mailto:a@b.test|a@b.test>', 'a@b.test'],
    ['2 < 3', '2 < 3'],
  ])('%s reads as %s', (markup, read) => expect(wordsFromMarkup(markup, { U0TOM: 'Tom' })).toBe(read));

  it('names each person once', () => expect(peopleNamed('<@U1> <@W2|w> <@U1>')).toEqual(['U1', 'W2']));
});

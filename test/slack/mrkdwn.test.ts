import { describe, expect, it } from 'vitest';
import {
  asContext,
  asMrkdwn,
  asRich,
  asText,
  bold,
  date,
  groupMention,
  line,
  link,
  mention,
  mrkdwn,
  said,
  utcText,
} from '../../src/slack/mrkdwn.ts';

const FRIDAY = '2026-12-04T16:00:00.000Z';
const DATE = '<!date^1796400000^{date_short_pretty} {time}|Fri 4 Dec 2026, 16:00 UTC>';

describe('markup', () => {
  it('shows what somebody typed instead of following it', () => {
    expect(mrkdwn`*Customer*\n${'<!channel> & <@U1>'}`).toBe('*Customer*\n&lt;!channel&gt; &amp; &lt;@U1&gt;');
    expect(asMrkdwn(line`Hello ${'<@U1>'}`)).toBe('Hello &lt;@U1&gt;');
  });

  it('calls people and groups where it is meant to', () => {
    expect(mrkdwn`${mention('U1')} and ${groupMention('S1')}`).toBe('<@U1> and <!subteam^S1>');
  });

  it('gives an instant in the zone of the reader, with UTC for whatever cannot', () => {
    expect(mrkdwn`by ${date(FRIDAY)}`).toBe(`by ${DATE}`);
    expect(utcText(FRIDAY)).toBe('Fri 4 Dec 2026, 16:00 UTC');
    expect(utcText('2026-09-06T05:03:59.999Z')).toBe('Sun 6 Sept 2026, 05:03 UTC');
    expect(utcText('2027-01-30T23:59:00.000Z')).toBe('Sat 30 Jan 2027, 23:59 UTC');
  });

  it('lets neither the address nor the words of a link end it', () => {
    expect(mrkdwn`${link('https://x.test/?a=1&b=<|>', 'a > b')}`).toBe(
      '<https://x.test/?a=1&amp;b=&lt;%7C&gt;|a &gt; b>',
    );
  });
});

describe('a sentence', () => {
  const sentence = line`${bold('EX-1')}: ${'*x*'} by ${date(FRIDAY)}, see ${link('https://x.test', 'here')}`;

  it('as rich text keeps what was typed as text', () => {
    expect(asRich(sentence)).toEqual([
      { type: 'text', text: 'EX-1', style: { bold: true } },
      { type: 'text', text: ': *x* by ' },
      { type: 'date', timestamp: 1_796_400_000, format: '{date_short_pretty} {time}', fallback: utcText(FRIDAY) },
      { type: 'text', text: ', see ' },
      { type: 'link', url: 'https://x.test', text: 'here' },
    ]);
  });

  it('as context has markup only where an instant or a link must be', () => {
    expect(asContext(line`confirmed by ${'*Olga*'}, ${date(FRIDAY)}`)).toEqual([
      { type: 'plain_text', text: 'confirmed by *Olga*,', emoji: false },
      { type: 'mrkdwn', text: DATE },
    ]);
  });

  it('as text for a push notification writes instants out', () => {
    expect(asText(sentence, () => 'Fri 16:00 <CET>')).toBe('EX-1: *x* by Fri 16:00 &lt;CET&gt;, see here');
  });

  it('can hold another one', () => {
    expect(asMrkdwn(line`It is ${line`approved by ${mention('U1')}`}.`)).toBe('It is approved by <@U1>.');
  });
});

describe('words', () => {
  it('that were erased say so', () => {
    expect(said({ content: 'c', nonce: null, text: null }, '(removed)')).toBe('(removed)');
  });
});

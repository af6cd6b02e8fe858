import { describe, expect, it } from 'vitest';
import { replyIn } from '../../src/slack/replies.ts';

const reply = { type: 'message', channel: 'C1', user: 'U1', ts: '2.0', thread_ts: '1.0', text: 'hello' };

describe('what Slack tells of messages', () => {
  it('is a reply where a person writes in a thread, with files or to the channel too', () => {
    const place = { channel: 'C1', ts: '2.0', thread: '1.0', by: 'U1' };
    expect(replyIn(reply)).toEqual({ ...place, what: 'written', text: 'hello', files: [] });
    expect(replyIn({ ...reply, subtype: 'thread_broadcast' })).toMatchObject({ what: 'written', ts: '2.0' });
    const file = { id: 'F1', name: 'a.pdf', size: 3, mimetype: 'application/pdf' };
    expect(replyIn({ ...reply, subtype: 'file_share', files: [file] })).toMatchObject({
      files: [{ id: 'F1', name: 'a.pdf', size: 3, type: 'application/pdf' }],
    });
  });

  it('may know a file of another workspace by its id alone', () => {
    const files = [{ id: 'F1', mode: 'file_access', file_access: 'check_file_info' }];
    expect(replyIn({ ...reply, files })).toMatchObject({ files: [{ id: 'F1', name: 'F1', size: 0 }] });
  });

  it('is none where it hangs on nothing, is of a bot, or says that somebody joined', () => {
    const { thread_ts: _, ...alone } = reply;
    expect(replyIn(alone)).toBeNull();
    expect(replyIn({ ...reply, ts: '1.0' })).toBeNull();
    expect(replyIn({ ...reply, bot_id: 'B1' })).toBeNull();
    expect(replyIn({ ...reply, subtype: 'channel_join' })).toBeNull();
    expect(replyIn({ type: 'app_home_opened', user: 'U1' })).toBeNull();
    expect(replyIn(null)).toBeNull();
  });

  it('tells of words that were changed, not of links that were unfurled', () => {
    const changed = (text: string) => ({
      ...{ type: 'message', subtype: 'message_changed', channel: 'C1', ts: '3.0' },
      ...{ message: { ...reply, text }, previous_message: reply },
    });
    expect(replyIn(changed('hello again'))).toMatchObject({ what: 'changed', ts: '2.0', text: 'hello again' });
    expect(replyIn(changed('hello'))).toBeNull();
  });

  it('tells of a reply that was deleted, and of no card that was', () => {
    const deleted = { type: 'message', subtype: 'message_deleted', channel: 'C1', deleted_ts: '2.0' };
    expect(replyIn({ ...deleted, previous_message: reply })).toEqual({
      ...{ channel: 'C1', ts: '2.0', thread: '1.0', by: 'U1', what: 'deleted' },
    });
    expect(replyIn({ ...deleted, previous_message: { ...reply, ts: '1.0', bot_id: 'B1' } })).toBeNull();
  });
});

import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { Archive } from '../../src/pack/archive.ts';

describe('an archive', () => {
  // Whoever makes a pack is the bot itself: a full disk must cost the pack and nothing else.
  it('fails where a file beside it cannot be written, and ends nobody who makes it', async () => {
    const out = new PassThrough();
    const archive = new Archive(out, new Date('2026-04-01T00:00:00Z'));
    void buffer(out).catch(() => undefined);
    // No folder of that name: the file is opened later than it is asked for, like a disk that fills up.
    await archive.append('no-folder/contents.jsonl', 'first\n');
    for (let other = 0; other < 20; other++) await archive.add(`${other}.txt`, 'It is opened meanwhile.');
    const rest = async () => {
      for (let line = 0; line < 3; line++) await archive.append('no-folder/contents.jsonl', 'x'.repeat(100_000));
      await archive.close((sums) => sums);
    };
    await expect(rest()).rejects.toThrow('ENOENT');
    await archive.dispose();
  });
});

/**
 * The rows of a copy, off the socket: `pg` makes an object and an event of each message, which takes longer than most rows are
 * read for. Format: https://www.postgresql.org/docs/18/protocol-message-formats.html
 */
import type { Duplex } from 'node:stream';
import { type Bytes, int32 } from './bytes.ts';

type Hear = (chunk: Buffer) => void;

/** What a message begins with: its kind, and its length without the kind. */
const HEAD = 5;
const [COPY_DATA, COPY_DONE, ERROR] = ['d', 'c', 'E'].map((kind) => kind.charCodeAt(0));

/**
 * Until the copy ends or fails, its data are taken from what a connection's socket says; all else goes on to `pg`.
 * @param onData where in `bytes` the data of a message begin
 */
export function takeCopy(socket: Duplex, onData: (bytes: Bytes, from: number) => void): void {
  const [toPg, ...others] = socket.listeners('data') as Hear[];
  if (!toPg || others.length > 0) throw new Error('a connection of pg has one listener; this one is in use otherwise');
  // What has come of a message of which more must come, in pieces, and how many bytes it takes to go on.
  let [pieces, came, needed]: [Buffer[], number, number] = [[], 0, 0];
  const hear: Hear = (chunk) => {
    pieces.push(chunk);
    came += chunk.length;
    if (came < needed) return;
    const all = pieces.length > 1 ? Buffer.concat(pieces) : chunk;
    const bytes = all.toString('latin1');
    let [at, end] = [0, endOf(bytes, 0)];
    for (; end <= bytes.length; at = end, end = endOf(bytes, at)) {
      const kind = bytes.charCodeAt(at);
      if (kind === COPY_DATA) onData(bytes, at + HEAD);
      else if (kind === COPY_DONE || kind === ERROR) {
        socket.on('data', toPg).off('data', hear);
        return toPg(all.subarray(at));
      } else toPg(all.subarray(at, end));
    }
    [pieces, came, needed] = [at < all.length ? [all.subarray(at)] : [], all.length - at, end - at];
  };
  socket.on('data', hear).off('data', toPg);
}

/** As far as its head where that has not come yet. */
const endOf = (bytes: Bytes, at: number): number => at + (at + HEAD <= bytes.length ? 1 + int32(bytes, at + 1) : HEAD);

import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

/** More than any note is long, in bytes. */
const TAIL = 4096;

/**
 * Appends a note and an empty line, and returns when both are on the disk. What stands at the end already is not written
 * again: whoever wrote it may have died before saying so.
 */
export async function appendTo(path: string, note: string): Promise<void> {
  const file = await open(path, constants.O_RDWR | constants.O_CREAT | constants.O_APPEND, 0o644);
  try {
    const { size } = await file.stat();
    const from = Math.max(0, size - TAIL);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(TAIL), 0, TAIL, from);
    const tail = buffer.toString('utf8', 0, bytesRead);
    if (tail.includes(note)) return;
    // A note that was torn by a crash or a full disk must not make this one unreadable.
    const apart = tail === '' || tail.endsWith('\n\n') ? '' : '\n\n';
    await file.appendFile(`${apart}${note}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
}

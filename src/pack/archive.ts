/** A ZIP that is written as it is made: no file of it need be in memory whole, and of the same files it is the same bytes. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, createWriteStream, type WriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, type Writable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';

type Bytes = string | Uint8Array;
/** What goes through at a time, so that whatever stands behind can hold it up. */
const SLICE = 256 * 1024;
function* sliced(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += SLICE) yield bytes.subarray(at, at + SLICE);
}

const bufferOf = (bytes: Bytes): Buffer =>
  typeof bytes === 'string' ? Buffer.from(bytes) : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);

const FILE = 0o100644;

export class Archive {
  readonly #zip = new ZipFile();
  readonly #options: { mtime: Date; mode: number };
  readonly #written: Promise<void>;
  readonly #sums = new Map<string, string>();
  readonly #growing = new Map<string, WriteStream>();
  #folder: string | null = null;

  /** @param at when every file of it says it was changed last */
  constructor(out: Writable, at: Date) {
    this.#options = { mtime: at, mode: FILE };
    this.#written = pipeline(this.#zip.outputStream, out);
    // Whoever waits for the next file hears of it.
    this.#written.catch(() => undefined);
  }

  /** Resolves when the file is on its way out, so that the next one need not wait in memory. */
  async add(name: string, content: Bytes | AsyncIterable<Bytes>, { compress = true } = {}): Promise<void> {
    const hash = createHash('sha256');
    const chunks = typeof content === 'string' || content instanceof Uint8Array ? sliced(bufferOf(content)) : content;
    async function* hashed() {
      for await (const chunk of chunks) {
        hash.update(chunk);
        yield chunk;
      }
    }
    const source = Readable.from(hashed(), { objectMode: false });
    this.#zip.addReadStream(source, name, { ...this.#options, compress });
    await Promise.race([finished(source), this.#written]);
    this.#sums.set(name, hash.digest('hex'));
  }

  /** Adds to a file that grows while others are written; it comes into the archive at the end. */
  async append(name: string, text: string): Promise<void> {
    this.#folder ??= await mkdtemp(join(tmpdir(), 'carveout-pack-'));
    const file = this.#growing.get(name) ?? this.#begin(join(this.#folder, name));
    this.#growing.set(name, file);
    if (file.errored) throw file.errored;
    if (!file.write(text)) await once(file, 'drain');
  }

  #begin(path: string): WriteStream {
    const file = createWriteStream(path);
    // It fails while something else is written, and whoever comes back to it hears of it: nobody listening would end the bot.
    file.on('error', () => undefined);
    return file;
  }

  /** @param sumsOf writes the last file from the hashes of all others, as `sha256sum` does */
  async close(sumsOf: (sums: string) => string): Promise<void> {
    for (const [name, file] of [...this.#growing].sort(([a], [b]) => (a < b ? -1 : 1))) {
      file.end();
      await finished(file);
      await this.add(name, createReadStream(file.path));
    }
    const sums = [...this.#sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, sum]) => `${sum}  ${name}\n`);
    await this.add('SHA256SUMS', sumsOf(sums.join('')));
    this.#zip.end();
    await this.#written;
  }

  /** Removes what lay beside it on the disk, however it went. */
  async dispose(): Promise<void> {
    for (const file of this.#growing.values()) file.destroy();
    if (this.#folder) await rm(this.#folder, { recursive: true, force: true });
  }
}

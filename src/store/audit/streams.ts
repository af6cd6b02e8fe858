/** The streams of a range, in pages, so that memory does not grow with them. */
import type { Known } from './barred.ts';
import type { Bulk } from './bulk.ts';
import { evidenceFaults } from './evidence.ts';
import { type Fault, SHOWN } from './fault.ts';
import { pages, type Range } from './pages.ts';
import type { Reader } from './reader.ts';
import { compareRows } from './rows.ts';
import { type Ending, StreamAudit } from './stream.ts';
import { oddWords } from './words.ts';

export type RangeVerdict = {
  events: number;
  streams: number;
  /** Events whose place in the tree is before `size`. */
  sealed: number;
  /** Events that are not sealed yet. */
  pending: number;
  /** The first `SHOWN` in the order of streams, at most one a stream. */
  faults: Fault[];
  faulty: number;
};

const PAGE = 2000;

export type Scope = {
  /** Of the tree when the audit began. */
  size: number;
  /** Everybody's, at all times; null where the log alone is checked, not the rows that are made from it. */
  absences: readonly Known[] | null;
};

/**
 * @param onEvents is told how many more were read
 */
export async function verifyStreams(
  read: Reader,
  bulk: Bulk,
  teamId: string,
  range: Range,
  { size, absences, pageSize = PAGE }: Scope & { pageSize?: number | undefined },
  onEvents?: (events: number) => void,
): Promise<RangeVerdict> {
  const verdict: RangeVerdict = { events: 0, streams: 0, sealed: 0, pending: 0, faults: [], faulty: 0 };
  const note = (faults: Fault[]) => {
    verdict.faulty += faults.length;
    verdict.faults = [...verdict.faults, ...faults].sort(byStream).slice(0, SHOWN);
  };
  let stream: StreamAudit | null = null;
  for await (const page of pages(read, bulk, teamId, range, pageSize)) {
    const endings: Ending[] = [];
    const close = () => {
      const fault = stream?.end();
      if (fault) note([fault]);
      else endings.push(...([stream?.ending()].filter(Boolean) as Ending[]));
    };
    const odd = await oddWords(bulk, teamId, page.events);
    for (const event of page.events) {
      if (stream?.stream !== event.stream) {
        close();
        stream = new StreamAudit(event.stream, absences !== null);
        verdict.streams++;
      }
      stream.next(event, odd);
      if (!event.leaf) verdict.pending++;
      else if (event.leaf.position < size) verdict.sealed++;
    }
    if (page.last) close();
    verdict.events += page.events.length;
    onEvents?.(page.events.length);
    const wrong = absences ? await compareRows(read, teamId, endings, absences) : [];
    const broken = new Set(wrong.map((fault) => fault.stream));
    const whole = endings.filter((ending) => !broken.has(ending.stream));
    note([...wrong, ...(await evidenceFaults(read, teamId, whole))]);
  }
  return verdict;
}

const byStream = (a: Fault, b: Fault): number => (a.stream < b.stream ? -1 : a.stream > b.stream ? 1 : 0);

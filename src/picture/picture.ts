/** What a report's picture shows, in words and numbers; how it is drawn is the rest of this folder's. */

/** One period among those side by side, the oldest first. */
type Column = {
  /** Below it: `16 Nov`. */
  label: string;
  value: number;
  /** The one that the report is about. */
  strong: boolean;
};
export type Columns = {
  title: string;
  bars: Column[];
  /** A line across at what is usual, and the words on it; null where nothing is known. */
  usual: { value: number; text: string } | null;
};

/** One kind among several, the largest first. */
export type Row = {
  label: string;
  value: number;
  /** At the end of its line: `14, usually 7`. */
  text: string;
  /** Where a mark stands on it; null for none. */
  usual: number | null;
};
export type Rows = { title: string; bars: Row[] };

export type Picture = {
  /** A sentence. */
  title: string;
  /** What period of what it is. */
  subtitle: string;
  columns: Columns | null;
  rows: Rows | null;
};

/** Rows that a phone can show; a longer list is cut at the caller's. */
export const MOST_ROWS = 4;

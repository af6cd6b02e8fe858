/**
 * Thrown where something cannot be delivered now and nothing is wrong with it: Slack is away, its limit is reached, another
 * worker is at it. The job comes back by itself, however often, and is never given up for this.
 */
export class Later extends Error {
  override name = 'Later';
  /** Milliseconds until it is worth trying again; null where only time will tell, and each try waits longer. */
  readonly ms: number | null;
  /** The buckets of whose turns one is kept for the job at that time; none where it has to queue anew. */
  readonly booked: string[];

  constructor(reason: string, ms: number | null = null, options: ErrorOptions & { booked?: string[] } = {}) {
    super(reason, options);
    this.ms = ms;
    this.booked = options.booked ?? [];
  }
}

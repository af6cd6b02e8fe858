/** What stands in the audit channel about the seal of the record. */
export const seal = {
  /** @param week an ISO week, `2026-W47` */
  title: (week: string): string => `Seal of the record, week ${week}`,
  /** Above the week's checkpoints. */
  explanation:
    'Nothing to do here: this is for whoever must prove, some day, that nothing was changed. Every few minutes in which something happened, the thread below gets a checkpoint: a fingerprint of everything that is on the record until then. If an entry is changed or taken out later, the fingerprints no longer fit, and everybody who has one can tell.',
  advice:
    'To have proof that does not depend on this workspace, copy the latest checkpoint now and then to somewhere else. The weekly report is a message of its own in this channel.',
  /** Above a checkpoint. */
  checkpoint: (events: number): string =>
    `Checkpoint: ${events.toLocaleString('en')} ${events === 1 ? 'entry' : 'entries'}`,
};

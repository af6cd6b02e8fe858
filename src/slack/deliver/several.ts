/** One message to each of several, people or places: one that cannot be reached holds up none of the others. */
export async function forEach<T>(several: T[], send: (each: T) => Promise<unknown>): Promise<void> {
  let failure: { error: unknown } | null = null;
  for (const each of several) {
    try {
      await send(each);
    } catch (error) {
      failure = { error };
    }
  }
  // The job comes back for those who are left; who has got theirs does not get it twice.
  if (failure) throw failure.error;
}

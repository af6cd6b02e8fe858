/** One message to each of several people: one who cannot be reached holds up none of the others. */
export async function forEach(people: string[], send: (person: string) => Promise<unknown>): Promise<void> {
  let failure: { error: unknown } | null = null;
  for (const person of people) {
    try {
      await send(person);
    } catch (error) {
      failure = { error };
    }
  }
  // The job comes back for those who are left; who has got theirs does not get it twice.
  if (failure) throw failure.error;
}

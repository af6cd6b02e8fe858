/** Milliseconds. */
const TIMEOUT = 10_000;

/** Posts a note as plain text. @throws where the answer is not 2xx, or does not come in time */
export async function postTo(address: string, note: string): Promise<void> {
  const answer = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'text/plain; charset=utf-8' },
    body: note,
    // A redirect would turn it into a GET, whose answer says nothing about the note.
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT),
  });
  await answer.body?.cancel();
  if (!answer.ok) throw new Error(`it answers ${answer.status}`);
}

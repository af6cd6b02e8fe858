const format = (options: Intl.DateTimeFormatOptions & { timeZone: string }) =>
  new Intl.DateTimeFormat('en-GB', options);

const millis = (ts: string): number => Number(ts) * 1000;

/** `14:05` in the reader's zone. */
export const clockTime = (ts: string, timeZone: string): string =>
  format({ timeZone, hour: '2-digit', minute: '2-digit' }).format(millis(ts));

/** The full instant, for a tooltip. */
export const fullTime = (ts: string, timeZone: string): string =>
  format({ timeZone, dateStyle: 'full', timeStyle: 'medium' }).format(millis(ts));

const dayKey = (at: number, timeZone: string): string => new Intl.DateTimeFormat('sv-SE', { timeZone }).format(at);

/** `Today`, `Yesterday` or `Monday, 23 November`. */
export function dayName(ts: string, now: number, timeZone: string): string {
  const day = dayKey(millis(ts), timeZone);
  if (day === dayKey(now, timeZone)) return 'Today';
  if (day === dayKey(now - 86_400_000, timeZone)) return 'Yesterday';
  const sameYear = day.slice(0, 4) === dayKey(now, timeZone).slice(0, 4);
  const year = sameYear ? {} : ({ year: 'numeric' } as const);
  return format({ timeZone, weekday: 'long', day: 'numeric', month: 'long', ...year }).format(millis(ts));
}

/** `Mon 23 Nov, 14:05` */
export const shortTime = (at: Date, timeZone: string): string =>
  format({ timeZone, weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }).format(at);

/** An instant as `<input type="datetime-local">` writes it, in a zone. */
export const toLocal = (at: Date, timeZone: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(at).replace(' ', 'T');

/** The instant at which a clock in this zone shows `local`. In the hour that does not exist in spring, the one after. */
export function fromLocal(local: string, timeZone: string): Date {
  const wanted = Date.parse(`${local}Z`);
  let at = wanted;
  // Twice: the first guess may lie on the other side of a change of the offset.
  for (let round = 0; round < 2; round += 1) at += wanted - Date.parse(`${toLocal(new Date(at), timeZone)}Z`);
  return new Date(at);
}

/** `Europe/Berlin` as `Berlin`. */
export const zoneName = (timeZone: string): string => (timeZone.split('/').at(-1) ?? timeZone).replaceAll('_', ' ');

/** Whether and by whom a week's report was signed off, for a terminal. */
import { dayIn } from '../core/week.ts';
import { drawSignOff } from '../slack/drawnSignOff.ts';
import { wording } from '../slack/wording/index.ts';
import { harmless } from './command.ts';

/** @returns nothing for a week that was not reported */
export async function signOffLines(sources: Parameters<typeof drawSignOff>[0], week: string): Promise<string[]> {
  const drawn = await drawSignOff(sources, week);
  if (!drawn) return [];
  const { signOff, format, names: say } = wording();
  const { state, names, wiring, dueAt } = drawn;
  const { signedOff } = state;
  if (!signedOff) return [signOff.page.awaited(format.day(dayIn(dueAt, wiring.zone)))];
  const { by, at, remarks } = signedOff;
  const said = remarks ? (remarks.text ?? say.removed) : null;
  return [harmless(signOff.page.signed(names[by] ?? by, format.time(at, wiring.zone), said))];
}

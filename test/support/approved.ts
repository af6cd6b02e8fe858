/** A request that was approved, as the people of the office approve it. */
import type { Message, Person } from '../../src/sandbox/index.ts';
import { type Asked, ask, current, decide, numberOn, type Office, reads } from './office.ts';
import { waitFor } from './wait.ts';

type Condition = { text: string; owner: string; due: string };
export type ApprovedRequest = { card: Message; number: string };

/**
 * Nina asks, Olga confirms, Mara authorizes, on a condition where one is given.
 * @param until the last day it is good for
 */
export async function approved(
  office: Office,
  condition?: Condition,
  asked: Asked = {},
  until?: string,
): Promise<ApprovedRequest> {
  const card = await ask(office, office.as('nina'), asked);
  await decide(office, office.as('olga'), 'Approve', card);
  await reads(office, card, 'confirmed by Olga');
  const mara = office.as('mara');
  await mara.click('Approve', { in: current(office, card) });
  const modal = await mara.waitForModal((open) => open.fields().some(({ label }) => label === 'Rationale'));
  await modal.fill('Rationale', 'Worth it.');
  if (until) await modal.pickDate('Valid until', until);
  if (condition) {
    await modal.fill('Condition', condition.text);
    await modal.pickUser('Owner', condition.owner);
    await modal.pickDate('Due', condition.due);
  }
  const sent = await modal.submit();
  if (!('closed' in sent)) throw new Error(`the decision did not close: ${JSON.stringify(sent)}`);
  await reads(office, card, 'Approved');
  return { card, number: numberOn(office, card) };
}

/** The person's direct message about the request that reads like this, as it stands, waited for. */
export const dmAbout = (person: Person, number: string, text: string | RegExp): Promise<Message> =>
  waitFor(
    () =>
      person.dms().findLast((message) => {
        const said = person.read(message);
        return said.includes(number) && (typeof text === 'string' ? said.includes(text) : text.test(said));
      }) ?? false,
    { what: `${person.user.real_name} to have a message about ${number}: ${text}`, timeoutMs: 10_000 },
  );

/** Reports what became of it, from the task in the person's messages. */
export async function report(
  person: Person,
  number: string,
  outcome: 'Done' | 'Could not be done',
  words: string,
): Promise<void> {
  await person.click(outcome, { in: await dmAbout(person, number, outcome) });
  const modal = await person.waitForModal((open) => open.title === 'Report the outcome');
  await modal.fill('What was done, or what stood in the way', words);
  const sent = await modal.submit();
  if (!('closed' in sent)) throw new Error(`the report did not close: ${JSON.stringify(sent)}`);
}

/** The day that lies so many days after the office's today. */
export const dayAfter = (office: Office, days: number): string =>
  new Date(Date.parse(office.now()) + days * 86_400_000).toISOString().slice(0, 10);

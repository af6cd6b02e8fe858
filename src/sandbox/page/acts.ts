import type { Address } from '../blocks/walk.ts';
import { asText, asTexts, isObject, type Json } from '../json.ts';
import type { Machine } from '../machine.ts';
import type { Modal } from '../person/modal.ts';
import type { Person } from '../person/person.ts';
import type { Message } from '../types.ts';

/** One act of a person, as the page sends it. */
type Act = (person: Person, body: Json, machine: Machine) => Promise<Json>;

const done = (result: object): Json => ({ result });

const messageOf = (machine: Machine, person: Person, body: Json): Message => {
  const [channel, ts] = [asText(body.channel), asText(body.ts)];
  const found =
    machine.workspace.find(channel, ts) ??
    person.ephemerals().find((each) => each.channel === channel && each.ts === ts);
  if (found === undefined) throw new Error('that message is gone');
  return found;
};

function modalOf(person: Person): Modal {
  const modal = person.modal();
  if (modal === undefined) throw new Error('no modal is open');
  return modal;
}

/** A modal (`where: 'modal'`), the Home tab (`'home'`), or a message named by channel and ts. */
const placeOf = (machine: Machine, person: Person, body: Json): Message | 'modal' | 'home' => {
  const where = body.where;
  return where === 'modal' || where === 'home' ? where : messageOf(machine, person, body);
};

const ACTS: { [name: string]: Act } = {
  command: async (person, body) => done(await person.command(asText(body.command), asText(body.text), channelIn(body))),
  say: async (person, body) => {
    const thread = asText(body.thread);
    const said = person.say(asText(body.channel), asText(body.text), thread === '' ? {} : { thread });
    return { ts: said.ts };
  },
  click: async (person, body, machine) =>
    done(await person.click(asText(body.text), { in: placeOf(machine, person, body), ...address(body) })),
  home: async (person) => {
    person.openHome();
    return {};
  },
  shortcut: async (person, body, machine) =>
    done(
      await person.shortcut(asText(body.name), body.ts === undefined ? undefined : messageOf(machine, person, body)),
    ),
  choose: async (person, body, machine) => {
    const place = placeOf(machine, person, body);
    const texts = asTexts(body.texts);
    if (isObject(place)) return done(await person.choose(asText(body.label), texts, { in: place as Message }));
    const view = place === 'modal' ? modalOf(person) : person.home();
    if (view === undefined) throw new Error('there is no Home yet');
    return done(await view.choose(asText(body.label), texts, address(body)));
  },
  fill: async (person, body) => done(await modalOf(person).fill(asText(body.label), asText(body.text), address(body))),
  attach: async (person, body) =>
    done(
      await modalOf(person).attach(asText(body.label), asText(body.name), Buffer.from(asText(body.base64), 'base64')),
    ),
  suggest: async (person, body) => ({
    options: await modalOf(person).suggestions(asText(body.label), asText(body.query)),
  }),
  submit: async (person) => done(await modalOf(person).submit()),
  close: async (person, body) => {
    await modalOf(person).close({ everything: body.everything === true });
    return {};
  },
};

const channelIn = (body: Json): { channel?: string } => {
  const channel = asText(body.channel);
  return channel === '' ? {} : { channel };
};

const address = (body: Json): Address => ({
  ...(typeof body.block_id === 'string' ? { blockId: body.block_id } : {}),
  ...(typeof body.action_id === 'string' ? { actionId: body.action_id } : {}),
});

/** Does what the page asks for, as that person. @throws in words a person can read */
export async function perform(machine: Machine, as: (user: string) => Person, body: Json): Promise<Json> {
  const act = asText(body.act);
  const run = Object.hasOwn(ACTS, act) ? ACTS[act] : undefined;
  if (run === undefined) throw new Error(`there is no act "${act}"`);
  return run(as(asText(body.as)), body, machine);
}

import { type Address, controls, isAt } from '../blocks/walk.ts';
import { asObjects, asText, asTexts, type Json } from '../json.ts';
import type { Machine } from '../machine.ts';
import type { Modal } from '../person/modal.ts';
import type { Person } from '../person/person.ts';
import type { Message } from '../types.ts';
import type { Marks } from './marks.ts';

/** One act of a person, as the page sends it; see `Act` in wire.ts. */
type Act = (person: Person, body: Json, machine: Machine, marks: Marks) => Promise<Json>;

const done = (result: object): Json => ({ result });

const messageOf = (machine: Machine, person: Person, body: Json): Message => {
  const [channel, ts] = [asText(body.channel), asText(body.ts)];
  const found =
    person.ephemerals().find((each) => each.channel === channel && each.ts === ts) ??
    machine.workspace.find(channel, ts);
  if (found === undefined) throw new Error('That message is gone.');
  return found;
};

/** The modal in front. @throws when it is not the one that the person saw */
function modalOf(person: Person, body: Json): Modal {
  const modal = person.modal();
  if (modal === undefined) throw new Error('No modal is open.');
  if (body.view !== undefined && body.view !== modal.view.id) throw new Error('That modal is no longer in front.');
  return modal;
}

/** A modal (`where: 'modal'`), the Home tab (`'home'`), or a message named by channel and ts. */
function placeOf(machine: Machine, person: Person, body: Json): Message | Modal {
  if (body.where === 'modal') return modalOf(person, body);
  if (body.where !== 'home') return messageOf(machine, person, body);
  const home = person.home();
  if (home === undefined) throw new Error('There is no Home yet.');
  return home;
}

const isModal = (place: Message | Modal): place is Modal => 'view' in place;

/** Types or picks; `quietly` leaves it at that, otherwise the app hears of it where it asked to. */
async function fill(place: Message | Modal, person: Person, body: Json, quietly: boolean): Promise<Json> {
  const [label, text, at] = [asText(body.label), asText(body.text), address(body)];
  if (!isModal(place)) return done(await person.pick(label, text, { in: place, quietly, ...at }));
  if (!quietly) return done(await place.fill(label, text, at));
  place.type(label, text, at);
  return {};
}

const ACTS: { [name: string]: Act } = {
  command: async (person, body) => done(await person.command(asText(body.command), asText(body.text), channelIn(body))),
  say: async (person, body) => {
    const thread = asText(body.thread);
    const files = asObjects(body.files).map((file) => ({ name: asText(file.name), bytes: bytesOf(file) }));
    const options = { files, broadcast: body.broadcast === true, ...(thread === '' ? {} : { thread }) };
    return { ts: person.say(asText(body.channel), asText(body.text), options).ts };
  },
  edit: async (person, body, machine) => {
    person.edit(messageOf(machine, person, body), asText(body.text));
    return {};
  },
  delete: async (person, body, machine) => {
    person.delete(messageOf(machine, person, body));
    return {};
  },
  click: async (person, body, machine) => {
    const place = placeOf(machine, person, body);
    const where = isModal(place) ? (place.view.type === 'modal' ? 'modal' : 'home') : place;
    return done(
      await person.click(asText(body.text) || buttonText(place, address(body)), { in: where, ...address(body) }),
    );
  },
  home: async (person, body) => {
    if (body.tab === 'messages') person.openMessages();
    else person.openHome();
    return {};
  },
  read: async (person, body, _machine, marks) => {
    marks.set(person.id, asText(body.channel), asText(body.ts));
    return {};
  },
  shortcut: async (person, body, machine) =>
    done(
      await person.shortcut(asText(body.name), body.ts === undefined ? undefined : messageOf(machine, person, body)),
    ),
  dismiss: async (person, body, machine) => {
    const message = messageOf(machine, person, body);
    if (message.onlyFor !== person.id) throw new Error('Only what you alone see can be dismissed.');
    machine.workspace.remove(message);
    return {};
  },
  type: async (person, body, machine) => fill(placeOf(machine, person, body), person, body, true),
  fill: async (person, body, machine) => fill(placeOf(machine, person, body), person, body, false),
  choose: async (person, body, machine) => {
    const place = placeOf(machine, person, body);
    const [label, at, by] = [asText(body.label), address(body), body.values === undefined ? 'text' : 'value'] as const;
    const wanted = asTexts(body.values ?? body.texts);
    if (isModal(place)) return done(await place.choose(label, wanted, { ...at, by }));
    return done(await person.choose(label, wanted, { in: place, ...at, by }));
  },
  attach: async (person, body) => {
    const name = asText(body.name);
    return done(await modalOf(person, body).attach(asText(body.label), name, bytesOf(body), address(body)));
  },
  detach: async (person, body) =>
    done(await modalOf(person, body).detach(asText(body.label), asText(body.file), address(body))),
  suggest: async (person, body, machine) => {
    const place = placeOf(machine, person, body);
    const [label, query, at] = [asText(body.label), asText(body.query), address(body)];
    return {
      options: isModal(place)
        ? await place.suggestions(label, query, at)
        : await person.suggestions(label, query, { in: place, ...at }),
    };
  },
  submit: async (person, body) => done(await modalOf(person, body).send()),
  close: async (person, body) => {
    await modalOf(person, body).close({ everything: body.everything === true });
    return {};
  },
};

const bytesOf = (body: Json): Buffer => Buffer.from(asText(body.base64), 'base64');

/** The text of the button that stands there. */
const buttonText = (place: Message | Modal, at: Address): string =>
  controls(isModal(place) ? place.view.blocks : place.blocks).find((control) => isAt(control, at))?.label ?? '';

const channelIn = (body: Json): { channel?: string } => {
  const channel = asText(body.channel);
  return channel === '' ? {} : { channel };
};

const address = (body: Json): Address => ({
  ...(typeof body.block_id === 'string' ? { blockId: body.block_id } : {}),
  ...(typeof body.action_id === 'string' ? { actionId: body.action_id } : {}),
});

/** Does what the page asks for, as that person. @throws in words a person can read */
export async function perform(machine: Machine, marks: Marks, as: (user: string) => Person, body: Json): Promise<Json> {
  const act = asText(body.act);
  const run = Object.hasOwn(ACTS, act) ? ACTS[act] : undefined;
  if (run === undefined) throw new Error(`There is no act "${act}".`);
  return run(as(asText(body.as)), body, machine, marks);
}

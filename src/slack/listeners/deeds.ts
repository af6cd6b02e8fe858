/** Deeds as they are pressed and sent. */
import type { ModalView } from '@slack/types';
import { isRefusal, type Refusal, refuse } from '../../core/refusal.ts';
import { owe } from '../../store/outbox.ts';
import { type DeedRef, deedRef } from '../carried.ts';
import { asAnswer, type Deed, deedModal, isWrong, refusalOf } from '../deeds/deed.ts';
import { ALL_DEEDS } from '../deeds/index.ts';
import { draw } from '../drawn.ts';
import type { DeedName } from '../ids.ts';
import { type Actor, act, type Listening, look } from './listening.ts';
import { onPress, type Press, show } from './press.ts';
import type { Routes } from './routes.ts';
import { onSubmission } from './submission.ts';

export function registerDeeds(routes: Routes, bot: Listening): void {
  for (const deed of ALL_DEEDS) {
    onPress(routes, bot, deed.name, deedRef, (press, ref) => pressed(press, deed, ref));
    if (deed.form) onSent(routes, bot, deed, deed.form);
  }
}

/** A deed that was chosen in a card's overflow. */
export async function pressDeed(press: Press, name: DeedName, number: number): Promise<void> {
  const deed = ALL_DEEDS.find((known) => known.name === name);
  if (deed) await pressed(press, deed, { v: 1, n: number });
}

/** The form of a deed for somebody who comes to it by another door than its button, or what keeps them from it. */
export async function formOfDeed(
  bot: Listening,
  actor: Actor,
  name: DeedName,
  number: number,
): Promise<ModalView | Refusal> {
  const deed = ALL_DEEDS.find((known) => known.name === name);
  const seen = await look(bot, actor, number);
  if (isRefusal(seen)) return seen;
  const no = deed && refusalOf(deed, seen, actor.id, bot.clock.now());
  const drawn = await draw(bot, number);
  if (no || !deed?.form || !drawn) return no ?? refuse({ why: 'not_found' });
  return deedModal(deed, deed.form, drawn, 0);
}

async function pressed(press: Press, deed: Deed, { n, i = 0 }: DeedRef): Promise<void> {
  const { bot, actor } = press;
  const seen = await look(bot, actor, n);
  if (isRefusal(seen)) return press.refuse(seen, n);
  const no = refusalOf(deed, seen, actor.id, bot.clock.now(), i);
  if (no) return press.refuse(no, n);
  if (deed.form) {
    const drawn = await draw(bot, n);
    if (drawn) await show(press, deedModal(deed, deed.form, drawn, i));
    return;
  }
  if (deed.instead) {
    await owe(bot.db, bot.teamId, deed.instead(seen));
    bot.wake();
  } else {
    const result = await act(bot, actor, deed.trial(seen.state, i, seen.policy.rules), { number: n, key: press.key });
    if (isRefusal(result)) return press.refuse(result, n);
  }
  if (deed.done) await press.say(deed.done(n));
}

function onSent(routes: Routes, bot: Listening, deed: Deed, form: NonNullable<Deed['form']>): void {
  onSubmission(
    routes,
    bot,
    { callbackId: deed.name, schema: deedRef, field: form.field },
    async ({ actor, view, key }, { n, i = 0 }) => {
      const seen = await look(bot, actor, n);
      if (isRefusal(seen)) return seen;
      const order = form.read(view.state.values, seen, i, bot.clock.now());
      if (isWrong(order)) return asAnswer(order);
      const wrong = await form.check?.(bot, order, seen);
      if (wrong) return asAnswer(wrong);
      const result = await act(bot, actor, order, { number: n, key });
      return isRefusal(result) ? result : undefined;
    },
  );
}

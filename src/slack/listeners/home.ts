/** The Home tab: drawn when it is opened, when its buttons are pressed, and after what its reader does elsewhere. */
import { setTimeout as delay } from 'node:timers/promises';
import type { App } from '@slack/bolt';
import { isOf, mayAsk } from '../../core/standing.ts';
import { absencesOf } from '../../store/absences.ts';
import { dropDraft } from '../../store/drafts.ts';
import { HOME_AT_FIRST, type HomeShown, homeShown, showHome } from '../../store/homes.ts';
import { membersOf, namesOf } from '../../store/people.ts';
import { remindersOf } from '../../store/quiet.ts';
import { bare, homePage, ref } from '../carried.ts';
import { slackError } from '../client.ts';
import { deskOf } from '../desk.ts';
import { HOME } from '../ids.ts';
import { homeView, outsideHome } from '../views/home.ts';
import { openDecision } from './decision.ts';
import { keptDraft } from './draftKeeping.ts';
import type { Listening } from './listening.ts';
import { openRequestForm } from './newRequest.ts';
import { onPress } from './press.ts';
import type { Routes } from './routes.ts';

export function registerHome(app: App, routes: Routes, bot: Listening): void {
  app.event('app_home_opened', async ({ event, body }) => {
    if (event.tab !== 'home') return;
    if (body.team_id !== bot.teamId) return;
    await changeHome(bot, event.user, () => HOME_AT_FIRST);
  });
  onPress(routes, bot, HOME.refresh, bare, ({ actor }) => changeHome(bot, actor.id, (shown) => shown));
  onPress(routes, bot, HOME.snoozed, bare, ({ actor }) =>
    changeHome(bot, actor.id, (shown) => ({ ...shown, waiting: 0, snoozed: !shown.snoozed })),
  );
  for (const turn of [HOME.previous, HOME.next])
    onPress(routes, bot, turn, homePage, ({ actor }, { part, page }) =>
      changeHome(bot, actor.id, (shown) => ({ ...shown, [part]: page })),
    );
  for (const asking of [HOME.ask, HOME.continue])
    onPress(routes, bot, asking, bare, ({ actor, body }) => openRequestForm(bot, actor, body.trigger_id, 'home'));
  onPress(routes, bot, HOME.decide, ref, (press, pressed) => openDecision(press, pressed, 'approve', true));
  onPress(routes, bot, HOME.discard, bare, async ({ actor }) => {
    await dropDraft(bot.db, bot.teamId, actor.id);
    await changeHome(bot, actor.id, (shown) => shown);
  });
}

/** Draws Home with what is to be shown of it. */
export async function changeHome(
  bot: Listening,
  person: string,
  change: (shown: HomeShown) => HomeShown,
): Promise<void> {
  const shown = change((await homeShown(bot.db, bot.teamId, person)) ?? HOME_AT_FIRST);
  await showHome(bot.db, bot.teamId, person, shown);
  await publish(bot, person, shown);
}

/** Acts that follow one another share a drawing, and whoever waits for an answer comes first; milliseconds. */
const GATHER = 250;

/**
 * Draws it anew for whoever has it before them, in turn: of several that are asked for meanwhile one is enough, and none is
 * overtaken by an older one.
 */
export function homeAfterActs(bot: Listening): (person: string) => void {
  const under = new Map<string, { again: boolean }>();
  const draw = async (person: string): Promise<void> => {
    const shown = await homeShown(bot.db, bot.teamId, person);
    if (shown) await publish(bot, person, shown);
  };
  return (person) => {
    const waiting = under.get(person);
    if (waiting) {
      waiting.again = true;
      return;
    }
    const turn = { again: true };
    under.set(person, turn);
    const run = async () => {
      while (turn.again) {
        await delay(GATHER);
        turn.again = false;
        await draw(person);
      }
    };
    run()
      .catch((err) => bot.logger.info({ err, by: person }, 'Home could not be drawn anew; Refresh does'))
      .finally(() => under.delete(person));
  };
}

async function publish(bot: Listening, person: string, shown: HomeShown): Promise<void> {
  const view = await drawHome(bot, person, shown);
  try {
    await bot.client.views.publish({ user_id: person, view });
  } catch (error) {
    // Without a Home tab in the app's settings there is nothing to draw.
    if (slackError(error)?.code !== 'not_enabled') throw error;
  }
}

async function drawHome(bot: Listening, person: string, shown: HomeShown) {
  const now = bot.clock.now();
  const desk = await deskOf(bot, { id: person, outsider: false });
  if (mayAsk(desk.standing)) return outsideHome();
  const { snoozed } = desk;
  const isSnoozed = ({ drawn }: (typeof desk.waiting)[number]) => snoozed.has(drawn.state.number);
  const asleep = desk.waiting.filter(isSnoozed);
  const { rules } = (await bot.policies.current()).document;
  const [draft, problems, reminders, absences] = await Promise.all([
    keptDraft(bot, { id: person, outsider: false }, rules),
    problemsFor(bot, person),
    remindersOf(bot.db, bot.teamId, person),
    absencesOf(bot.db, bot.teamId, person, now),
  ]);
  const delegates = absences.flatMap(({ delegate }) => delegate ?? []);
  return homeView({
    waiting: desk.waiting.filter((row) => !isSnoozed(row)),
    yours: desk.yours,
    tasks: [...desk.holds, ...desk.tasks],
    snoozed: asleep,
    snoozedUntil: asleep.map(({ drawn }) => snoozed.get(drawn.state.number) ?? now).sort()[0] ?? null,
    showsSnoozed: shown.snoozed && asleep.length > 0,
    pages: shown,
    draft: draft?.at ?? null,
    problems,
    reminders,
    person,
    absences,
    names: await namesOf(bot.db, bot.teamId, delegates),
    executive: isOf(desk.standing, 'executives'),
    auditor: isOf(desk.standing, 'auditors'),
    now,
  });
}

/** What does not work, for those who can set it right. */
async function problemsFor({ db, teamId, policies, findings }: Listening, person: string): Promise<string[]> {
  const all = findings();
  if (all.length === 0) return [];
  const { wiring } = (await policies.current()).document;
  const { people } = await membersOf(db, teamId, wiring, 'admins');
  return people.includes(person) ? all.map(({ text }) => text) : [];
}

import type { App } from '@slack/bolt';
import { owe } from '../../store/outbox.ts';
import type { WorkspaceDirectory } from '../directory.ts';
import { registerAmend } from './amend.ts';
import { registerAway } from './away.ts';
import { registerChasing, registerConflict } from './chasing.ts';
import { registerCommand } from './command.ts';
import { registerCorrection } from './correction.ts';
import { registerDecision } from './decision.ts';
import { registerDeeds } from './deeds.ts';
import { registerDetails } from './details.ts';
import { registerDirectoryEvents } from './directoryEvents.ts';
import { registerDrafts } from './drafts.ts';
import { registerEvery } from './every.ts';
import { registerFind } from './find.ts';
import { homeAfterActs, registerHome } from './home.ts';
import { registerHomeBulk } from './homeBulk.ts';
import type { Listening } from './listening.ts';
import { registerPolicyReview } from './policyReview.ts';
import { anythingElse } from './press.ts';
import { registerQuestions } from './questions.ts';
import { registerRemarks } from './remarks.ts';
import { registerReminders } from './reminders.ts';
import { registerRenew } from './renew.ts';
import { registerRequestForm } from './requestForm.ts';
import { registerRerouting } from './rerouting.ts';
import { createRoutes } from './routes.ts';
import { registerShortcuts } from './shortcuts.ts';
import { registerSignOff } from './signOff.ts';
import { registerWithdrawal } from './withdrawal.ts';

export function registerListeners(app: App, given: Listening, directory: WorkspaceDirectory): void {
  const bot: Listening = { ...given, acted: homeAfterActs(given) };
  const routes = createRoutes(app, anythingElse(bot));
  registerCommand(app, bot);
  registerRequestForm(routes, bot);
  registerAmend(routes, bot);
  registerRenew(routes, bot);
  registerDrafts(routes, bot);
  registerShortcuts(app, bot);
  registerDecision(routes, bot);
  registerQuestions(routes, bot);
  registerDetails(routes, bot);
  registerWithdrawal(routes, bot);
  registerChasing(routes, bot);
  registerConflict(routes, bot);
  registerRerouting(routes, bot);
  registerDeeds(routes, bot);
  registerCorrection(routes, bot);
  registerPolicyReview(routes, bot);
  registerSignOff(routes, bot);
  registerHome(app, routes, bot);
  registerHomeBulk(routes, bot);
  registerAway(routes, bot);
  registerFind(routes, bot);
  registerEvery(routes, bot);
  registerRemarks(app, bot);
  registerReminders(routes, bot);
  registerDirectoryEvents(app, directory, {
    left: () => bot.leavers(),
    changed: async () => {
      await owe(bot.db, bot.teamId, [{ kind: 'look_at_staffing' }]);
      bot.wake();
    },
  });
}

import type { App } from '@slack/bolt';
import { owe } from '../../store/outbox.ts';
import type { WorkspaceDirectory } from '../directory.ts';
import { ACTION, DEEDS, HOME } from '../ids.ts';
import { CORRECTION_FIELDS } from '../views/correction.ts';
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
import { onAnythingElse } from './press.ts';
import { registerQuestions } from './questions.ts';
import { registerRemarks } from './remarks.ts';
import { registerReminders } from './reminders.ts';
import { registerRenew } from './renew.ts';
import { FORM_FIELDS, registerRequestForm } from './requestForm.ts';
import { registerRerouting } from './rerouting.ts';
import { registerShortcuts } from './shortcuts.ts';
import { registerSignOff } from './signOff.ts';
import { registerWithdrawal } from './withdrawal.ts';

export function registerListeners(app: App, given: Listening, directory: WorkspaceDirectory): void {
  const bot: Listening = { ...given, acted: homeAfterActs(given) };
  registerCommand(app, bot);
  registerRequestForm(app, bot);
  registerAmend(app, bot);
  registerRenew(app, bot);
  registerDrafts(app, bot);
  registerShortcuts(app, bot);
  registerDecision(app, bot);
  registerQuestions(app, bot);
  registerDetails(app, bot);
  registerWithdrawal(app, bot);
  registerChasing(app, bot);
  registerConflict(app, bot);
  registerRerouting(app, bot);
  registerDeeds(app, bot);
  registerCorrection(app, bot);
  registerPolicyReview(app, bot);
  registerSignOff(app, bot);
  registerHome(app, bot);
  registerHomeBulk(app, bot);
  registerAway(app, bot);
  registerFind(app, bot);
  registerEvery(app, bot);
  registerRemarks(app, bot);
  registerReminders(app, bot);
  onAnythingElse(app, bot, [
    ...Object.values(ACTION),
    ...Object.values(HOME),
    ...DEEDS,
    ...FORM_FIELDS,
    ...CORRECTION_FIELDS,
  ]);
  registerDirectoryEvents(app, directory, {
    left: () => bot.leavers(),
    changed: async () => {
      await owe(bot.db, bot.teamId, [{ kind: 'look_at_staffing' }]);
      bot.wake();
    },
  });
}

import type { App } from '@slack/bolt';
import type { WorkspaceDirectory } from '../directory.ts';
import { ACTION, DEEDS } from '../ids.ts';
import { registerChasing, registerConflict } from './chasing.ts';
import { registerCommand } from './command.ts';
import { registerDecision } from './decision.ts';
import { registerDeeds } from './deeds.ts';
import { registerDetails } from './details.ts';
import { registerDirectoryEvents } from './directoryEvents.ts';
import type { Listening } from './listening.ts';
import { onAnythingElse } from './press.ts';
import { registerQuestions } from './questions.ts';
import { FOLLOWED, registerRequestForm } from './requestForm.ts';
import { registerWithdrawal } from './withdrawal.ts';

export function registerListeners(app: App, bot: Listening, directory: WorkspaceDirectory): void {
  registerCommand(app, bot);
  registerRequestForm(app, bot);
  registerDecision(app, bot);
  registerQuestions(app, bot);
  registerDetails(app, bot);
  registerWithdrawal(app, bot);
  registerChasing(app, bot);
  registerConflict(app, bot);
  registerDeeds(app, bot);
  onAnythingElse(app, bot, [...Object.values(ACTION), ...DEEDS, ...FOLLOWED]);
  registerDirectoryEvents(app, directory);
}

import type { App } from '@slack/bolt';
import type { WorkspaceDirectory } from '../directory.ts';
import { registerChasing, registerConflict } from './chasing.ts';
import { registerCommand } from './command.ts';
import { registerDecision } from './decision.ts';
import { registerDetails } from './details.ts';
import { registerDirectoryEvents } from './directoryEvents.ts';
import type { Listening } from './listening.ts';
import { registerQuestions } from './questions.ts';
import { registerRequestForm } from './requestForm.ts';
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
  registerDirectoryEvents(app, directory);
}

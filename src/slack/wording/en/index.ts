/** English. */
import { button, card, fact, stateText, tierBecause } from './card.ts';
import { deed } from './deeds.ts';
import { digest } from './digest.ts';
import { findings } from './findings.ts';
import { form, formErrors, label } from './form.ts';
import { help } from './help.ts';
import { dm, escalation, list, story } from './messages.ts';
import { answer, decision, details, info, notices, request, withdraw } from './modals.ts';
import { ex, format, names } from './names.ts';
import { refusal } from './refusals.ts';
import { role } from './roles.ts';
import { trouble } from './trouble.ts';

export const en = {
  ...{ deed, digest },
  ...{ ex, format, names, role, refusal },
  ...{ button, fact, tierBecause, card, stateText },
  ...{ label, form, formErrors },
  ...{ decision, request, info, answer, withdraw, details, notices },
  ...{ dm, story, escalation, list, help, findings, trouble },
};

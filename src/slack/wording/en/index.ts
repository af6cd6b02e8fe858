/** English. */
import { audit } from './audit.ts';
import { away } from './away.ts';
import { button, card, fact, stateText, tierBecause } from './card.ts';
import { changes } from './changes.ts';
import { decision } from './decision.ts';
import { deed } from './deeds.ts';
import { digest } from './digest.ts';
import { endings } from './endings.ts';
import { findings } from './findings.ts';
import { form, formErrors, label } from './form.ts';
import { help } from './help.ts';
import { bulk, find, home, list, lost, person, remark, row } from './home.ts';
import { dm, escalation } from './messages.ts';
import { answer, details, info, notices, request, withdraw } from './modals.ts';
import { ex, format, names } from './names.ts';
import { observations } from './observations.ts';
import { owed } from './owed.ts';
import { pack } from './pack.ts';
import { period } from './period.ts';
import { late, ping, reminders } from './pings.ts';
import { policyReview } from './policyReview.ts';
import { record } from './record.ts';
import { refusal } from './refusals.ts';
import { report } from './report.ts';
import { role } from './roles.ts';
import { seal } from './seal.ts';
import { signOff } from './signOff.ts';
import { staffing } from './staffing.ts';
import { story } from './story.ts';
import { timeLeft } from './timeLeft.ts';
import { told } from './told.ts';
import { trouble } from './trouble.ts';

export const en = {
  ...{ deed, digest, period, observations, report, pack },
  ...{ ping, late, reminders, timeLeft },
  ...{ row, home, bulk, find, person, remark, lost },
  ...{ ex, format, names, role, refusal },
  ...{ button, fact, tierBecause, card, stateText },
  ...{ label, form, formErrors },
  ...{ decision, record, request, info, answer, withdraw, details, notices },
  ...{ dm, told, changes, story, escalation, list, help, findings, trouble, staffing, policyReview, away, endings },
  ...{ seal, signOff, audit, owed },
};

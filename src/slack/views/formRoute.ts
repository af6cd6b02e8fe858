/** Where a request goes and who reads it, so that nobody learns that only afterwards. */
import type { KnownBlock } from '@slack/types';
import { categoryOf, roleOf } from '../../core/policy.ts';
import { date } from '../mrkdwn.ts';
import { type Wording, wording } from '../wording/index.ts';
import { context } from './blocks.ts';
import type { FormModel, FormRoute } from './formModel.ts';

export function formRoute({ route, ...model }: FormModel): KnownBlock[] {
  const { form, role } = wording(model.locale);
  const { tier, picked = false, together = 0, dueAt } = route;
  if (tier === null) return [context(form.goes.unknown)];
  const first = role(roleOf('validation', tier), model).group;
  const second = role(roleOf('authorization', tier), model).oneOf;
  const whom = picked ? form.goes.picked(first) : form.goes.toWhom(first, second);
  return [
    context(`${whom} ${whereTo(route, isConfidential(model), form)}`),
    ...(together > 0 ? [context(form.goes.together(together))] : []),
    ...(dueAt ? [context(form.goes.due(date(dueAt)))] : []),
  ];
}

const isConfidential = ({ rules, values }: Pick<FormModel, 'rules' | 'values'>): boolean =>
  values.confidential || categoryOf(rules, values.category ?? '')?.confidential === true;

function whereTo({ channel, readers }: FormRoute, confidential: boolean, { goes }: Wording['form']): string {
  if (confidential) return goes.confidential(channel);
  if (channel === null) return goes.direct;
  return readers === null ? goes.channel(channel) : goes.readers(readers, channel);
}

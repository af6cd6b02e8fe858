/** The request form, drawn with what it implies as filled in so far. */
import type { ModalView } from '@slack/types';
import type { Exposure } from '../../core/events/submission.ts';
import { MOST_FILES, preview, type Typed } from '../../core/form.ts';
import type { Rules } from '../../core/policy.ts';
import { plus, type Tier } from '../../core/values.ts';
import { channelOf } from '../../store/channels.ts';
import type { FormMeta } from '../carried.ts';
import { truncate } from '../limits.ts';
import type { Amending } from '../views/formModel.ts';
import { requestForm } from '../views/requestForm.ts';
import type { Listening } from './listening.ts';

type Form = {
  values: Typed;
  meta: FormMeta;
  /** The request that is changed, and the rules it was made under. */
  changing?: { amending: Amending; rules: Rules; tierPicked: Tier | null };
};

export async function formView(bot: Listening, { values, meta, changing }: Form): Promise<ModalView> {
  const { document } = await bot.policies.current();
  const { wiring } = document;
  const rules = changing?.rules ?? document.rules;
  const exposure = await exposureOf(bot, rules, values, meta);
  const { asked, tier, picked } = preview(values, rules, exposure, changing?.tierPicked);
  const channel = tier && (await channelOf(bot.db, bot.teamId, wiring.channels[tier]));
  const route = {
    tier,
    picked,
    together: exposure?.numbers.length ?? 0,
    readers: channel?.readers ?? null,
    channel: channel ? `#${channel.name}` : null,
    // A request that is changed keeps its deadline, unless it moves to another tier.
    dueAt: tier && !changing ? plus(bot.clock.now(), rules.tiers[tier].sla) : null,
  };
  const model = { rules, wiring, names: {}, meta, values, asked, route };
  return requestForm(changing ? { ...model, amending: changing.amending } : model);
}

/** What would count together with it; null where the policy counts each request alone. */
async function exposureOf(
  { log, teamId, clock }: Listening,
  { splitting }: Rules,
  { customer, policy }: Typed,
  { n }: FormMeta,
): Promise<Exposure | null> {
  if (!splitting || !customer?.trim() || policy === null) return null;
  const since = plus(clock.now(), -splitting.within);
  return log.exposure({ teamId, number: n ?? null, customer, rule: policy, since });
}

/** Code points of a file's name as the modal carries it, so that ten of them fit into what Slack lets one carry. */
const CARRIED_NAME = 80;

/** Files as the modal carries them. */
export const carried = (files: Typed['files']): Pick<FormMeta, 'files'> =>
  files.length === 0
    ? {}
    : { files: files.slice(0, MOST_FILES).map((file) => ({ ...file, name: truncate(file.name, CARRIED_NAME) })) };

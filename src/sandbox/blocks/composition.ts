import { isDeepStrictEqual } from 'node:util';
import { asObjects, type Json } from '../json.ts';
import { LIMIT } from '../limits.ts';
import { type Findings, flag, list, oneOf, pattern, type Rule, shape, text, typed } from './check.ts';

export const plain = (max: number, min = 1): Rule =>
  typed({ plain_text: shape({ need: { text: text(max, min) }, may: { emoji: flag } }) });

export const anyText = (max: number): Rule =>
  typed({
    plain_text: shape({ need: { text: text(max) }, may: { emoji: flag } }),
    mrkdwn: shape({ need: { text: text(max) }, may: { verbatim: flag } }),
  });

export const url: Rule = (value, at, found) => {
  text(LIMIT.url)(value, at, found);
  if (typeof value === 'string' && !/^https?:\/\/\S+$/.test(value)) found.add('must be a valid url', at);
};

export const confirm: Rule = shape({
  need: { title: plain(LIMIT.confirmTitle), text: anyText(LIMIT.confirmText) },
  may: { confirm: plain(LIMIT.confirmButton), deny: plain(LIMIT.confirmButton), style: oneOf('primary', 'danger') },
});

export const dispatchConfig: Rule = shape({
  need: { trigger_actions_on: list(oneOf('on_enter_pressed', 'on_character_entered'), 2) },
});

/** `plain_text` only in menus; checkboxes and radio buttons take mrkdwn too. */
const optionWith = (label: Rule, url_?: Rule): Rule =>
  shape({
    need: { text: label, value: text(LIMIT.optionValue) },
    may: { description: label, ...(url_ === undefined ? {} : { url: url_ }) },
  });

export const option = optionWith(plain(LIMIT.optionText));
export const richOption = optionWith(anyText(LIMIT.optionText));
export const overflowOption = optionWith(plain(LIMIT.optionText), url);

export const optionGroups: Rule = list(
  shape({ need: { label: plain(LIMIT.optionText), options: list(option, LIMIT.selectOptions) } }),
  LIMIT.optionGroups,
);

export const filter: Rule = shape({
  may: {
    include: list(oneOf('im', 'mpim', 'private', 'public'), 4),
    exclude_bot_users: flag,
    exclude_external_shared_channels: flag,
  },
  also: (value, at, found) => {
    if (Object.keys(value).length === 0) found.add('must provide at least one filter', at);
  },
});

export const userId = pattern(/^[UW][A-Z0-9]{2,}$/, 'must be a valid user id');
export const conversationId = pattern(/^[CDGUW][A-Z0-9]{2,}$/, 'must be a valid conversation id');
export const channelId = pattern(/^[CG][A-Z0-9]{2,}$/, 'must be a valid channel id');
export const date = pattern(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'must be a valid date as YYYY-MM-DD');
export const time = pattern(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a valid time as HH:mm');

const offered = (element: Json): Json[] => [
  ...asObjects(element.options),
  ...asObjects(element.option_groups).flatMap((group) => asObjects(group.options)),
];

/** An initial option must be exactly one of the offered ones. */
export function initialIsOffered(element: Json, at: string, found: Findings): void {
  const options = offered(element);
  if (options.length === 0) return;
  const initial = element.initial_option;
  if (initial !== undefined && !options.some((candidate) => isDeepStrictEqual(candidate, initial)))
    found.add('must be one of the provided options', `${at}/initial_option`);
  asObjects(element.initial_options).forEach((chosen, index) => {
    if (!options.some((candidate) => isDeepStrictEqual(candidate, chosen)))
      found.add('must be one of the provided options', `${at}/initial_options/${index}`);
  });
}

const FILE_ID = '^[F][A-Z0-9]{8,}$';
const slackFile: Rule = shape({
  may: { id: pattern(new RegExp(FILE_ID), `input must match regex pattern: ${FILE_ID}`), url },
  also: (file, at, found) => {
    if ((file.id === undefined) === (file.url === undefined)) found.add('must define either `id` or `url`', at);
  },
});
export const imageFields = { image_url: url, slack_file: slackFile };

export function oneImageSource(image: Json, at: string, found: Findings): void {
  if ((image.image_url === undefined) === (image.slack_file === undefined))
    found.add('must define either `image_url` or `slack_file`', at);
}

/** What was handed in: files with what they look like, and links that can be followed. */
import type { ImageBlock, KnownBlock } from '@slack/types';
import type { EvidenceFile } from '../../../core/events/content.ts';
import { LIMIT, truncate } from '../../limits.ts';
import { line, link } from '../../mrkdwn.ts';
import { plain, says } from '../blocks.ts';
import { type Drawn, wordsOf } from '../drawn.ts';
import { fileEntry } from './inputs.ts';

/** What Slack shows as a picture from a file of its own. */
const PICTURES = ['image/png', 'image/jpeg', 'image/gif'];
/** The longest that is worth following; the text itself is shown whole. */
const LONGEST_URL = 2000;
const LINKS = 20;

const isPicture = ({ type }: EvidenceFile) => PICTURES.includes(type);

/** Files of the request and of replies in its thread. */
const allFiles = ({ state }: Drawn): EvidenceFile[] => [
  ...state.files,
  ...state.remarks.filter(({ deleted }) => !deleted).flatMap(({ files }) => files),
];

export const hasPictures = (drawn: Drawn): boolean => allFiles(drawn).some(isPicture);

/** @param pictures whether they are shown: Slack refuses a view with one that it cannot show */
export const evidence = (drawn: Drawn, pictures: boolean): KnownBlock[][] => [
  ...links(drawn),
  ...allFiles(drawn).map((file) => [
    ...fileEntry(drawn, file),
    ...(pictures && isPicture(file) ? [picture(file)] : []),
  ]),
];

const picture = ({ id, name }: EvidenceFile): ImageBlock => ({
  type: 'image',
  slack_file: { id },
  alt_text: truncate(name, LIMIT.fieldText),
  title: plain(name, LIMIT.fieldText),
});

/** Addresses in what was typed as evidence: the text itself is shown as typed, and so cannot be followed. */
function links(drawn: Drawn): KnownBlock[][] {
  const text = drawn.state.evidence?.text ?? '';
  const { record } = wordsOf(drawn);
  const found = [...new Set(text.match(/https?:\/\/[^\s<>"]+/g) ?? [])].map((url) => url.replace(/[.,;:!?)\]]+$/, ''));
  const valid = found.filter((url) => url.length <= LONGEST_URL && URL.canParse(url)).slice(0, LINKS);
  return valid.map((url, i) => [says(line`${record.link(i + 1)}: ${link(url, url)}`)]);
}

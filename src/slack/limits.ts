/** Slack's limits that the bot runs into, in Unicode code points unless said. */
export const LIMIT = {
  messageBlocks: 50,
  modalBlocks: 100,
  sectionText: 3000,
  sectionFields: 10,
  fieldText: 2000,
  header: 150,
  altText: 2000,
  contextElements: 10,
  buttonText: 75,
  confirmTitle: 100,
  confirmText: 300,
  confirmButton: 30,
  optionText: 75,
  selectOptions: 100,
  viewTitle: 24,
  viewButton: 24,
  privateMetadata: 3000,
  inputLength: 3000,
  /** chat.update refuses more. */
  messageText: 4000,
  /** All blocks of a message together, as JSON; Slack gives up at about 13,200. */
  messageBlocksTotal: 13_000,
} as const;

/** `text`, at most `limit` code points long, the cut shown. */
export function truncate(text: string, limit: number): string {
  // There are never more code points than code units.
  if (text.length <= limit) return text;
  const points = [...text];
  return points.length <= limit ? text : `${points.slice(0, limit - 1).join('')}…`;
}

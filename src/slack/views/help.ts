/** The answer to `/exception help`. */
import { wording } from '../wording/index.ts';
import { context, header, markupSection } from './blocks.ts';
import type { Message } from './message.ts';

export function helpMessage(locale?: string): Message {
  const { help } = wording(locale);
  return {
    text: `${help.title}. ${help.lines.join(' ')}`,
    blocks: [
      header(help.title),
      ...[...help.lines, ...help.how].map((text) => markupSection(text)),
      context(help.private),
    ],
  };
}

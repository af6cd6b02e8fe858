/** The evidence of a request, to whoever asked for it: once for each time that they asked. */
import type { Intent } from '../../app/intents.ts';
import { line } from '../mrkdwn.ts';
import { says, section } from '../views/blocks.ts';
import type { Message } from '../views/message.ts';
import { wording } from '../wording/index.ts';
import { type Deps, isPosted } from './deps.ts';
import { toPerson } from './person.ts';
import { uploadOnce } from './upload.ts';

type Asked = Extract<Intent, { kind: 'pack' }>;
const { pack: say } = wording();

/**
 * Whether they may have it was looked at when they asked.
 * @param make the file
 */
export async function pack(
  deps: Deps,
  { number, person, key }: Asked,
  make: (number: number) => Promise<Buffer>,
): Promise<void> {
  const about = { surface: 'dm', request: number } as const;
  const root = await toPerson(deps, person, { ...about, key: `pack/${key}`, message: announced(number) });
  if (!root || !isPosted(root)) return;
  const file = { name: say.file(number), title: say.title(number), bytes: await make(number) };
  const given = await uploadOnce(deps, {
    ...{ ...file, key: `pack/${key}/file`, request: number, person, channel: root.channel },
  });
  if (!('refused' in given)) return;
  const text = say.refused(number, given.refused);
  await toPerson(deps, person, { ...about, key: `pack/${key}/refused`, message: { text, blocks: [section(text)] } });
}

const announced = (number: number): Message => ({
  text: say.title(number),
  blocks: [says(line`${say.here(number)}`), section(say.how)],
});

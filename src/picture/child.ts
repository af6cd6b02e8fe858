/** A process that draws one picture and ends: the picture as JSON on standard input, the PNG on standard output. */
import { text } from 'node:stream/consumers';
import { draw } from './draw.ts';
import type { Picture } from './picture.ts';

const { picture, scale } = JSON.parse(await text(process.stdin)) as { picture: Picture; scale: number };
process.stdout.write(await draw(picture, scale));

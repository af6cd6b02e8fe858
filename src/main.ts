/** `npm start`. What it loads is kept without its types first, see `stripped.ts`. */
import { setFlagsFromString } from 'node:v8';
import { keepStripped } from './stripped.ts';

// What runs once is not worth V8's best compiler, which alone takes 7 MB; `start.ts` turns it on when the start is over.
setFlagsFromString('--no-turbofan');
keepStripped();
const { main } = await import('./start.ts');
await main();

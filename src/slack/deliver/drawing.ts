/** What is drawn again when a request changes is read, drawn and posted by one worker at a time, over all replicas. */
import type { Deps, Scene } from './deps.ts';
import { alone } from './lease.ts';
import { sceneOf } from './scene.ts';

/**
 * Draws the request as it is by now: a redraw that is owed by what happens from here on waits until this has ended, and finds
 * what was posted. Not to be nested, it would wait for itself.
 * @param draw gets the request, and how many milliseconds remain, which `Post.within` asks for
 * @throws Later where somebody else is at it for longer than a worker waits
 */
export const drawAlone = <T>(
  deps: Deps,
  number: number,
  draw: (scene: Scene, remaining: () => number) => Promise<T>,
): Promise<T> => alone(deps, `request/${number}`, async (remaining) => draw(await sceneOf(deps, number), remaining));

import type { Deps } from './deps.ts';

export async function policyReview(_deps: Deps, _intent: { review: number }): Promise<void> {}

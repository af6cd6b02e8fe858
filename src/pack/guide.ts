/** README.txt: what an auditor who has never seen Carveout needs on one page. */
import type { Checkpoint } from '../proof/checkpoint.ts';
import type { Population } from './population.ts';

type Facts = { checkpoint: Checkpoint; numbers: number[]; population: Population | null; signed: boolean };

export function guide({ checkpoint, numbers, population, signed }: Facts): string {
  const one = population === null;
  const about = one ? `exception EX-${numbers[0]}` : `${numbers.length} of the exceptions of a period`;
  return `EVIDENCE PACK: ${about}
Record ${checkpoint.origin}, as it was sealed on ${checkpoint.at} with ${checkpoint.size} events.

WHERE TO BEGIN
  ${one ? 'report.html          ' : 'index.html           '}${one ? 'the whole story, for people. Open it in a browser, or print it.' : 'which requests there are, which are in here and how they were chosen.'}
${one ? '' : '  reports/             the whole story of each of them.\n'}  requests.csv         a row a request.   decisions.csv  a row a decision.   For Excel and the like.
  requests.jsonl       the same requests with everything known of them, a JSON object a line.

WHAT IT RESTS ON
  events.jsonl         every event as it was written, one a line. The SHA-256 of a line is the event's hash; the next
                       event of its stream carries it (prev_hash), so nothing between two events can be changed.
  contents.jsonl       what people wrote and what sources said. An event has only an id, which is the SHA-256 of nonce
                       and text. Where both are null the words were erased, and an event says who did it, when and why.
  snapshots/           what each source said, under its id.     evidence/   files that were handed in, as they were.
  policy*.yaml         the policy as it was; the event policy_published has its SHA-256.
  proofs.jsonl         line by line, the place of each event in the sealed tree (RFC 6962) and its path to the root.
  checkpoint.txt       the root, how many events it stands for, and when${signed ? '; signed (Ed25519, a C2SP signed note)' : '; not signed'}.
  checkpoints.json     earlier checkpoints that were published, each with a proof that the tree only grew since.
  SHA256SUMS           the hash of every file here (sha256sum -c SHA256SUMS)${signed ? '; signed like the checkpoint' : ''}.
${one ? '' : '  population.json      the same statement as index.html, for machines.\n'}
HOW TO CHECK IT
  node verify.mjs --key KEY --roots FILE
  Needs Node 18 or newer, nothing to install and no network; read it first, it is short. KEY is the record's public key,
  which you should have from elsewhere than from whoever gave you this pack. FILE is any text with checkpoints that you
  kept or were given by others: copied from the audit channel, a weekly report, a mail. Both may be left out; it says
  what was not checked then. Exit code 0: nothing is wrong. 1: it says what is.

WHAT IT SHOWS, AND WHAT IT CANNOT
  It shows that these events, words, files and policies are what was sealed under the root, unchanged, in this order and
  at this place. With a root that others have kept, it shows that nothing was rewritten since. It cannot show that what
  people wrote was true, nor that an event was written when it says so earlier than the first checkpoint that has it.
  Events at the very end of a request could be left out of a pack by whoever makes it: only the signature on SHA256SUMS
  speaks against that, or audit verify on the record itself. Display names and the sentences of the report are not
  sealed; ids, words, figures and times are.
${population?.draw ? `\nHOW THE SAMPLE WAS DRAWN\n  ${population.draw.method.replaceAll(/(.{1,110})(?: |$)/g, '$1\n  ').trim()}\n  Seed ${population.draw.seed}, ${population.draw.count} wanted. For EX-12: printf '%s' '${population.draw.seed}:12' | sha256sum\n` : ''}`;
}

// Runs the verify.mjs of many packs one after the other, each as `node verify.mjs` would: it is the starting that takes time.
// Standard input has their arguments as JSON arrays, a line each, folder first; each is answered with [exit code, what it said].
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

const answer = process.stdout.write.bind(process.stdout);
for await (const line of createInterface({ input: process.stdin })) {
  const [folder, ...args] = JSON.parse(line);
  process.argv = ['node', 'verify.mjs', ...args];
  process.exitCode = 0;
  const said = [];
  console.log = (text) => said.push(text);
  await import(pathToFileURL(`${folder}/verify.mjs`)).catch((error) => {
    process.exitCode = 1;
    said.push(error.stack);
  });
  answer(`${JSON.stringify([process.exitCode, said.join('\n')])}\n`);
}
process.exitCode = 0;

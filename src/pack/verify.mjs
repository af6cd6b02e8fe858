// Checks this evidence pack: node verify.mjs [--key KEY] [--roots FILE], in the folder it was unpacked to. KEY is the record's
// public key, as a text or a file; FILE holds checkpoints that you kept, or were given by somebody else. Needs Node 18 or
// newer, no install and no network. Exit code 0: nothing is wrong; 1: something is, and it says what.
import { createHash, createPublicKey, verify } from 'node:crypto';
import { createReadStream, existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const sha = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
const hex = (...parts) => sha(...parts).toString('hex');
const hashOf = (file) => hex(readFileSync(file));
const wrong = new Set();
const check = (holds, what) => Boolean(holds) || !wrong.add(what);
const textOf = (file) => (check(existsSync(file), `${file} is missing`) ? readFileSync(file, 'utf8') : '');

// What is given is looked for where the command was typed, everything else beside this file.
const option = (name) => process.argv[process.argv.indexOf(name) + 1 || process.argv.length];
const [given, outside] = [option('--key'), option('--roots')];
const key = given && existsSync(given) ? readFileSync(given, 'utf8').trim() : given;
const kept = outside ? textOf(outside) : '';
process.chdir(fileURLToPath(new URL('.', import.meta.url)));

async function* objectsIn(file) {
  let [rest, line] = ['', 0];
  if (!check(existsSync(file), `${file} is missing`)) return;
  for await (const chunk of createReadStream(file, 'utf8')) {
    const texts = (rest + chunk).split('\n');
    rest = texts.pop();
    for (const raw of texts) {
      line++;
      try {
        yield { raw, ...JSON.parse(raw) };
      } catch {
        check(false, `${file}, line ${line}: it cannot be read, so it was changed`);
      }
    }
  }
}

// The hash tree of RFC 6962: the root of n leaves by the proof of leaf m; the roots of m and of n leaves by the proof of both.
const node = (left, right) => (left && right ? sha(Buffer.of(1), left, right) : null);
const split = (n) => 2 ** (Math.ceil(Math.log2(n)) - 1);
function rootBy(leaf, m, n, path) {
  if (n <= 1 || m >= n) return path.length === 0 && m < n ? leaf : null;
  const [k, rest, last] = [split(n), path.slice(0, -1), path.at(-1)];
  return m < k ? node(rootBy(leaf, m, k, rest), last) : node(last, rootBy(leaf, m - k, n - k, rest));
}
function rootsBy(m, n, path, older) {
  if (m >= n) return path.length === (older ? 0 : 1) ? [older ?? path[0], older ?? path[0]] : [];
  const [k, rest, last] = [split(n), path.slice(0, -1), path.at(-1)];
  const [then, now] = m <= k ? rootsBy(m, k, rest, older) : rootsBy(m - k, n - k, rest, null);
  return m <= k ? [then, node(now, last)] : [node(last, then), node(last, now)];
}
const bytesOf = (proof) => (proof ?? []).map((text) => Buffer.from(text, 'base64'));

// A checkpoint is four lines: whose record, how many events, the root, when. A blank line and who signed it follow.
const FORM = /^(carveout\/\S+)\r?\n(\d{1,15})\r?\n([A-Za-z0-9+/]{43}=)\r?\n(\d{4}-\S+Z)$/gm;
const checkpointsIn = (text) =>
  [...text.matchAll(FORM)].map(([, origin, size, root, at]) => ({ origin, size: Number(size), root, at }));
function isSigned(note, key) {
  const [, name, id, encoded = ''] = /^([^+]+)\+([^+]+)\+(\S+)/.exec(key) ?? [];
  const raw = Buffer.from(encoded, 'base64');
  if (!check(hex(`${name}\n`, raw).startsWith(id) && raw.length === 33, '--key is no key of a record')) return true;
  const der = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), raw.subarray(1)]);
  const publicKey = createPublicKey({ key: der, format: 'der', type: 'spki' });
  return [...note.matchAll(/^— (\S+) (\S+)$/gm)].some(([, who, signature]) => {
    const [text, bytes] = [note.slice(0, note.lastIndexOf('\n\n— ') + 1), Buffer.from(signature, 'base64')];
    return who === name && verify(null, Buffer.from(text), publicKey, bytes.subarray(4));
  });
}

const [note, sums] = [textOf('checkpoint.txt'), textOf('SHA256SUMS')];
const [checkpoint = { origin: '', size: 0, root: '', at: '' }] = checkpointsIn(note);
for (const [, sum, file] of sums.matchAll(/^([0-9a-f]{64}) {2}(.+)$/gm))
  if (check(existsSync(file), `${file} is missing`))
    check(hashOf(file) === sum, `${file} was changed: its bytes do not give the hash that SHA256SUMS has of it`);

// What people wrote and what sources said: the id is the hash of nonce and text. Of what was erased the id alone is left.
const nonces = new Map();
for await (const { id, nonce, text } of objectsIn('contents.jsonl')) {
  nonces.set(id, text === null ? null : nonce);
  check(text === null || hex(nonce, text) === id, `what somebody wrote was changed (content ${id})`);
}

// Each event is a line, and the line's hash is the event's: the next event of its stream has it, and it is a leaf of the tree.
const idsIn = (data) => [...JSON.stringify(data ?? null).matchAll(/"content":"([0-9a-f]{64})"/g)].map(([, id]) => id);
const [heads, remarks, ids, erased, readings] = [new Map(), new Map(), new Set(), new Set(), new Set()];
const [policies, needed] = [new Map(), new Map()];
const proofs = objectsIn('proofs.jsonl');
for await (const { raw, stream, seq, prev_hash, type, data } of objectsIn('events.jsonl')) {
  const where = `${stream}, event ${seq}`;
  const { value: given = {} } = await proofs.next();
  const head = heads.get(stream) ?? { seq: 0, hash: null };
  heads.set(stream, { seq, hash: hex(raw) });
  check(seq === head.seq + 1, `${where}: event ${head.seq + 1} is missing before it, or it stands in another place`);
  check(prev_hash === head.hash, `${where}: it does not follow what stands before it: one of the two was changed`);
  const root = rootBy(sha(Buffer.of(0), sha(raw)), given.position ?? -1, checkpoint.size, bytesOf(given.proof));
  const isSealed = given.stream === stream && given.seq === seq && root?.toString('base64') === checkpoint.root;
  if (!check(isSealed, `${where}: it is not what was sealed: event and proof do not give the root`)) continue;
  for (const id of idsIn(data)) ids.add(id);
  for (const id of type === 'sources_read' ? idsIn(data.readings) : []) readings.add(id);
  for (const id of type === 'erased' ? [...data.contents, ...data.files] : []) erased.add(id);
  if (type === 'policy_published') policies.set(data.version, data.sha256);
  if (type === 'submitted') needed.set(policies.get(data.policyVersion), `policy version ${data.policyVersion}`);
  if (type === 'evidence_kept') needed.set(data.sha256, `the file ${data.name}`);
  const remark = `${stream} ${data.channel} ${data.ts}`;
  if (/^remark_(made|edited)$/.test(type)) remarks.set(remark, [...(remarks.get(remark) ?? []), ...idsIn(data)]);
  if (type === 'remark_deleted') for (const id of remarks.get(remark) ?? []) erased.add(id);
}
check((await proofs.next()).done, 'proofs.jsonl proves more events than there are: events were taken out');

// What events name must be there unless an event says that it was erased; and what is there must be named.
for (const id of ids)
  check(nonces.get(id) ?? erased.has(id), `what somebody wrote is gone, and no event erased it (content ${id})`);
const inside = (folder) =>
  (existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : []).flatMap((entry) =>
    entry.isDirectory() ? inside(`${folder}/${entry.name}`) : [`${folder}/${entry.name}`],
  );
const files = [...inside('evidence'), ...readdirSync('.').filter((name) => /^policy.*\.yaml$/.test(name))];
const there = new Set(files.map(hashOf));
for (const [sum, name] of needed) check(there.has(sum) || erased.has(sum), `${name} is missing, or was changed`);
for (const file of files)
  check([...needed.keys(), ...policies.values()].includes(hashOf(file)), `${file}: no event knows these bytes`);
for (const id of readings) {
  const [file, nonce] = [`snapshots/${id}.json`, nonces.get(id)];
  const holds = existsSync(file) ? nonce && hex(nonce, readFileSync(file)) === id : erased.has(id);
  check(holds, `${file} is missing, or not what the source said`);
}
for (const file of inside('snapshots')) check(readings.has(file.slice(10, -5)), `${file}: no event knows of it`);

// Who signed, and what others have of the record.
if (key) check(isSigned(note, key), 'checkpoint.txt is not signed with this key, or was changed after it was');
if (key)
  check(isSigned(sums, key), 'SHA256SUMS is not signed with this key: files or last events may have been left out');
const copies = checkpointsIn(kept).filter(({ origin }) => origin === checkpoint.origin);
const earlier = new Map(JSON.parse(textOf('checkpoints.json') || '[]').map(({ size, proof }) => [size, proof]));
const comparable = copies.filter(({ size }) => size === checkpoint.size || earlier.has(size));
for (const { size, root, at } of comparable) {
  const roots = rootsBy(size, checkpoint.size, bytesOf(earlier.get(size)), Buffer.from(root, 'base64'));
  const [then, now] = roots.map((one) => one?.toString('base64'));
  check(then === root && now === checkpoint.root, `the record was rewritten since your checkpoint of ${size}, ${at}`);
}
check(!outside || comparable.length > 0, `${outside} has no checkpoint that this pack can be compared with`);

for (const what of wrong) console.log(`WRONG: ${what}.`);
console.log(`${checkpoint.origin}: sealed ${checkpoint.at} with ${checkpoint.size} events, root ${checkpoint.root}.`);
console.log(wrong.size > 0 ? `Things that are wrong: ${wrong.size}.` : `Nothing is wrong in ${heads.size} streams.`);
if (!key) console.log('NOT checked: who signed it. Give the public key, which you have from elsewhere, with --key.');
if (!outside) console.log('NOT checked: whether others see the same record. Give checkpoints you kept with --roots.');
process.exitCode = wrong.size > 0 ? 1 : 0;

// Checks the page in its reader's browser: that events, chains and texts give their hashes, that what is shown is what was
// recorded, and that every event is in the sealed tree. No part of it talks to anybody.
(async () => {
  const verdict = document.getElementById('verdict');
  const say = (kind, text, items = []) => {
    verdict.className = kind;
    verdict.replaceChildren(document.createElement('p'));
    verdict.firstChild.textContent = text;
    const list = document.createElement('ul');
    list.append(
      ...items.map((item) => {
        const row = document.createElement('li');
        row.textContent = item;
        return row;
      }),
    );
    if (items.length > 0) verdict.append(list);
  };
  if (!globalThis.crypto?.subtle)
    return say(
      'unsure',
      'Not checked: this browser lets no page from here compute hashes. Run node verify.mjs in the folder of this pack.',
    );

  const wrong = [];
  const encode = (text) => new TextEncoder().encode(text);
  const sha = async (...parts) => {
    const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      bytes.set(part, at);
      at += part.length;
    }
    return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  };
  const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const base64 = (bytes) => btoa(String.fromCharCode(...bytes));
  const bytesOf = (text) => Uint8Array.from(atob(text), (one) => one.charCodeAt(0));

  // RFC 8785: keys in the order of their UTF-16 code units, no white space.
  const canonical = (value) => {
    if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
    if (typeof value !== 'object' || value === null) return JSON.stringify(value);
    const keys = Object.keys(value).sort();
    return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join()}}`;
  };

  // RFC 6962: the root of n leaves from leaf m and its proof, the nearest hash first.
  const node = (left, right) => sha(Uint8Array.of(1), left, right);
  const rootBy = async (leaf, m, n, path) => {
    if (m >= n || n <= 1) return m < n && path.length === 0 ? leaf : new Uint8Array();
    if (path.length === 0) return new Uint8Array();
    const half = 2 ** (Math.ceil(Math.log2(n)) - 1);
    const [rest, last] = [path.slice(0, -1), path.at(-1)];
    return m < half
      ? node(await rootBy(leaf, m, half, rest), last)
      : node(last, await rootBy(leaf, m - half, n - half, rest));
  };

  const { size, root, events, contents } = JSON.parse(document.getElementById('record').textContent);
  const heads = new Map();
  const hashes = new Map();
  for (const { event, position, proof } of events) {
    const where = `${event.stream}, event ${event.seq}`;
    const hash = await sha(encode(canonical(event)));
    const head = heads.get(event.stream) ?? { seq: 0, hash: null };
    if (event.seq !== head.seq + 1) wrong.push(`${where}: the event before it is missing.`);
    if (event.prev_hash !== head.hash) wrong.push(`${where}: it does not follow the event before it.`);
    heads.set(event.stream, { seq: event.seq, hash: hex(hash) });
    hashes.set(`${event.stream} ${event.seq}`, hex(hash));
    const given = await rootBy(await sha(Uint8Array.of(0), hash), position, size, proof.map(bytesOf));
    if (base64(given) !== root) wrong.push(`${where}: it is not what was sealed, or its proof was changed.`);
  }

  const named = new Set(JSON.stringify(events).match(/(?<="content":")[0-9a-f]{64}/g));
  const texts = new Map();
  for (const { id, nonce, text } of contents) {
    texts.set(id, text);
    const holds = text === null || hex(await sha(encode(nonce), encode(text))) === id;
    if (!holds || !named.has(id)) wrong.push(`What somebody wrote does not give its hash (${id.slice(0, 12)}…).`);
  }
  for (const id of named) if (!texts.has(id)) wrong.push(`What somebody wrote is missing (${id.slice(0, 12)}…).`);

  const start = (text) => `“${text.slice(0, 60)}${text.length > 60 ? '…' : ''}”`;
  const shown = document.querySelectorAll('[data-content]');
  for (const element of shown)
    if (texts.get(element.dataset.content) !== element.textContent)
      wrong.push(`This page shows ${start(element.textContent)}, which is not what the record says.`);
  for (const list of document.querySelectorAll('[data-facts]')) {
    const facts = JSON.parse(texts.get(list.dataset.facts) ?? '{}').facts ?? [];
    const says = [...list.querySelectorAll('dt, dd')].map(({ textContent }) => textContent);
    if (JSON.stringify(facts.flatMap(({ label, value }) => [label, value])) !== JSON.stringify(says))
      wrong.push('This page shows other facts than the source said.');
  }
  const rows = document.querySelectorAll('[data-hash]');
  for (const element of rows)
    if (hashes.get(element.dataset.hash) !== element.textContent)
      wrong.push(`The hash that is shown for ${element.dataset.hash.replace(' ', ', event ')} is not the event's.`);
  if (rows.length !== events.filter(({ event }) => event.stream.startsWith('request/')).length)
    wrong.push('The list of what happened does not have every event.');
  if (document.querySelector('[data-root]').textContent !== root) wrong.push('The root that is shown is another one.');

  if (wrong.length > 0) return say('wrong', 'This page is not what was recorded:', wrong);
  say(
    'right',
    `Checked in this browser, just now: ${events.length} events give their hashes, follow each other and are in the sealed tree; ${shown.length} quotations on this page are what the record says.`,
  );
})().catch((error) => {
  const verdict = document.getElementById('verdict');
  verdict.className = 'wrong';
  verdict.textContent = `This page could not be checked, so it was probably changed (${error.message}). Run node verify.mjs in the folder of this pack.`;
});

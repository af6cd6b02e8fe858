// Runs in the browser: draws what one person sees, and sends what that person does.
import { drawBlocks, drawModal, element } from './draw.js';

const $ = (id) => document.getElementById(id);
const who = $('who');
let here = 'exceptions-executive';
let state;
let source;

async function load(path) {
  return (await fetch(`/_sandbox/${path}`)).json();
}

let last = Promise.resolve();

/** Acts go one after the other: what was typed must arrive before the submission that follows it. */
function act(body) {
  last = last.then(() => send(body));
  return last;
}

/** Sends one act of the chosen person; what went wrong is shown like one of Slack's toasts. */
async function send(body) {
  const response = await fetch('/_sandbox/act', { method: 'POST', body: JSON.stringify({ as: who.value, ...body }) });
  const answer = await response.json();
  if (!answer.ok) toast(answer.error);
  return answer;
}

function toast(text) {
  $('toast').textContent = text;
  $('toast').hidden = false;
  setTimeout(() => {
    $('toast').hidden = true;
  }, 5000);
}

const nameOf = (channel) => (channel.kind === 'im' ? 'Direct messages with the app' : `# ${channel.name}`);

function drawPlaces() {
  const buttons = state.channels.map((channel) => {
    const key = channel.kind === 'im' ? 'app' : channel.name;
    const label = `${nameOf(channel)} (${channel.messages.length})`;
    return place(key, label);
  });
  $('places').replaceChildren(...buttons, place('home', 'Home of the app'));
}

function place(key, label) {
  const button = element('button', { type: 'button', textContent: label, onclick: () => go(key) });
  if (key === here) button.setAttribute('aria-current', 'page');
  return button;
}

function go(key) {
  here = key;
  if (key === 'home') act({ act: 'home' });
  draw();
}

function drawMessage(message, isReply) {
  const box = element('article', {
    className: `message${message.onlyFor ? ' private' : ''}${isReply ? ' reply' : ''}`,
  });
  const at = new Date(Number(message.ts) * 1000).toLocaleTimeString();
  box.append(element('strong', { textContent: `${state.names[message.user] ?? message.user} ` }), at);
  if (message.onlyFor) box.append(' Only visible to you');
  const where = { where: 'message', channel: message.channel, ts: message.ts };
  if (message.blocks.length > 0) box.append(drawBlocks(message.blocks, {}, where, act, state));
  else box.append(element('div', { className: 'shown', textContent: message.readable }));
  return box;
}

function drawMessages() {
  if (here === 'home') {
    const home = state.home
      ? drawBlocks(state.home.blocks, state.home.state.values, { where: 'home' }, act, state)
      : 'Nothing here yet';
    $('messages').replaceChildren(home);
    return;
  }
  const channel = state.channels.find((each) => (here === 'app' ? each.kind === 'im' : each.name === here));
  if (channel === undefined) return $('messages').replaceChildren('You cannot see this channel.');
  const all = [...channel.messages, ...state.ephemerals.filter((each) => each.channel === channel.id)];
  all.sort((a, b) => Number(a.ts) - Number(b.ts));
  const isReply = (message) => message.thread_ts !== undefined && message.thread_ts !== message.ts;
  const rows = all
    .filter((message) => !isReply(message))
    .flatMap((message) => [
      drawMessage(message, false),
      ...all.filter((each) => isReply(each) && each.thread_ts === message.ts).map((each) => drawMessage(each, true)),
    ]);
  $('messages').replaceChildren(...rows);
  $('messages').scrollTop = $('messages').scrollHeight;
}

function draw() {
  drawPlaces();
  drawMessages();
  drawModal($('modal'), state.modals.at(-1), act, state);
}

let drawing;
function refresh() {
  clearTimeout(drawing);
  drawing = setTimeout(async () => {
    state = await load(`state?as=${who.value}`);
    draw();
  }, 20);
}

function become() {
  source?.close();
  source = new EventSource(`/_sandbox/stream?as=${who.value}`);
  source.addEventListener('change', (event) => {
    refresh();
    if (JSON.parse(event.data).kind === 'toast')
      load(`state?as=${who.value}`).then(({ toasts }) => toast(toasts.at(-1)?.text ?? ''));
  });
}

$('say').addEventListener('submit', (event) => {
  event.preventDefault();
  const input = event.target.querySelector('input');
  const text = input.value.trim();
  const channel = here === 'home' ? 'app' : here;
  input.value = '';
  if (!text.startsWith('/')) return act({ act: 'say', channel, text });
  const [command, ...rest] = text.split(' ');
  act({ act: 'command', command, text: rest.join(' '), ...(channel === 'app' ? {} : { channel }) });
});

const { people } = await load('people');
const able = people.filter((person) => !['bot', 'deactivated'].includes(person.kind));
who.append(
  ...able.map((person) =>
    element('option', {
      value: person.id,
      textContent: `${person.name}${person.kind === 'member' ? '' : ` (${person.kind})`} · ${person.groups.join(', ') || person.title}`,
    }),
  ),
);
who.addEventListener('change', become);
become();

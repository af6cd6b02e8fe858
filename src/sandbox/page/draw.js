// Block Kit as plain HTML: enough to read everything and to use every control.

export function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

const text = (value) => (typeof value === 'string' ? value : (value?.text ?? ''));

/** `<@U1>` and its kin as names, entities as characters. */
function readable(source, names) {
  return source
    .replaceAll(/<([^<>]*)>/g, (_whole, inside) => {
      const [target, label] = inside.split('|');
      if (target.startsWith('!date^')) return dateText(target, label);
      if (/^[@#]/.test(target)) return target[0] + (names[target.slice(1)] ?? target.slice(1));
      if (target.startsWith('!subteam^')) return `@${names[target.slice(9)] ?? target.slice(9)}`;
      return target.startsWith('!') ? `@${target.slice(1)}` : (label ?? target);
    })
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

function dateText(target, label) {
  const at = new Date(Number(target.split('^')[1]) * 1000);
  return Number.isNaN(at.getTime()) ? label : at.toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' });
}

function richText(part, names) {
  if (part.type === 'user') return `@${names[part.user_id] ?? part.user_id}`;
  if (part.type === 'usergroup') return `@${names[part.usergroup_id] ?? part.usergroup_id}`;
  if (part.type === 'channel') return `#${names[part.channel_id] ?? part.channel_id}`;
  if (part.type === 'date') return dateText(`!date^${part.timestamp}`, part.fallback);
  if (part.type === 'emoji') return `:${part.name}:`;
  if (part.type === 'broadcast') return `@${part.range}`;
  if (part.elements === undefined) return part.text ?? part.url ?? '';
  const inside = part.elements.map((each) => richText(each, names));
  if (part.type === 'rich_text_list') return inside.map((line) => `• ${line}\n`).join('');
  return part.type === 'rich_text_quote'
    ? `“${inside.join('')}”\n`
    : inside.join('') + (part.type === 'rich_text' ? '' : '\n');
}

/** All blocks of a message or view. `where` says to the server which one it is. */
export function drawBlocks(blocks, values, where, act, state) {
  const box = element('div');
  for (const block of blocks) box.append(drawBlock(block, values, where, act, state));
  return box;
}

function drawBlock(block, values, where, act, { names }) {
  const shown = (content, className = '') => element('div', { className: `shown ${className}`, textContent: content });
  const control = (each, label) =>
    drawControl(each, label, block, values[block.block_id]?.[each.action_id], where, act);
  switch (block.type) {
    case 'divider':
      return element('hr');
    case 'header':
      return shown(text(block.text), 'header');
    case 'section': {
      const lines = [block.text, ...(block.fields ?? [])].filter(Boolean).map((each) => readable(text(each), names));
      const box = element('div', {}, shown(lines.join('\n')));
      if (block.accessory && block.accessory.type !== 'image') box.append(control(block.accessory, text(block.text)));
      return box;
    }
    case 'context':
      return shown(block.elements.map((each) => each.alt_text ?? readable(text(each), names)).join(' · '), 'context');
    case 'actions':
      return element('div', {}, ...block.elements.map((each) => control(each, text(each.placeholder))));
    case 'rich_text':
      return shown(richText(block, names));
    case 'input': {
      const label = text(block.label);
      const error = element('div', { className: 'error' });
      error.dataset.label = label;
      const parts = [label, block.optional ? ' (optional)' : '', control(block.element, label)];
      if (block.hint) parts.push(element('small', { textContent: text(block.hint) }));
      return element('label', { className: 'field' }, ...parts, error);
    }
    case 'table':
      return element(
        'table',
        {},
        ...block.rows.map((row) =>
          element('tr', {}, ...row.map((cell) => element('td', { textContent: cell.text ?? richText(cell, names) }))),
        ),
      );
    case 'image':
      return element('img', { src: block.image_url ?? '', alt: block.alt_text });
    default:
      return shown(`${block.type}: ${JSON.stringify(block, null, 1)}`);
  }
}

const options = (each) => [...(each.options ?? []), ...(each.option_groups ?? []).flatMap((group) => group.options)];

function drawControl(each, label, block, current, where, act) {
  const address = { ...where, block_id: block.block_id, action_id: each.action_id };
  const agreed = () =>
    each.confirm === undefined || window.confirm(`${text(each.confirm.title)}\n${text(each.confirm.text)}`);
  const press = (pressed) => () => agreed() && act({ act: 'click', text: pressed, ...address });
  if (each.type === 'button')
    return element('button', {
      type: 'button',
      className: each.style ?? '',
      textContent: text(each.text),
      onclick: press(text(each.text)),
    });
  if (each.type === 'overflow')
    return element(
      'span',
      {},
      ...options(each).map((o) =>
        element('button', { type: 'button', textContent: text(o.text), onclick: press(text(o.text)) }),
      ),
    );
  const choose = (texts) => act({ act: 'choose', label, texts, ...address });
  if (/static_select$|radio_buttons|checkboxes/.test(each.type)) return drawChoices(each, current, choose);
  if (/_select$/.test(each.type))
    return element('input', {
      placeholder: 'names or texts, separated by commas',
      onchange: ({ target }) =>
        choose(
          target.value
            .split(',')
            .map((part) => part.trim())
            .filter(Boolean),
        ),
    });
  if (each.type === 'file_input')
    return element('input', { type: 'file', onchange: ({ target }) => attach(target.files[0], label, act) });
  return drawTyped(each, current, (value) => act({ act: 'fill', label, text: value, ...address }));
}

function drawChoices(each, current, choose) {
  const many = each.type.startsWith('multi') || each.type === 'checkboxes';
  const chosen = [current?.selected_option, ...(current?.selected_options ?? [])]
    .filter(Boolean)
    .map((o) => text(o.text));
  const select = element('select', { multiple: many });
  if (!many) select.append(element('option', { textContent: '' }));
  for (const option of options(each))
    select.append(element('option', { textContent: text(option.text), selected: chosen.includes(text(option.text)) }));
  select.onchange = () => choose([...select.selectedOptions].map((option) => option.textContent).filter(Boolean));
  return select;
}

const TYPES = { datepicker: 'date', timepicker: 'time', datetimepicker: 'datetime-local' };
const typed = (current) => current?.value ?? current?.selected_date ?? current?.selected_time ?? '';

function drawTyped(each, current, fill) {
  const made = each.multiline
    ? element('textarea', { rows: 4 })
    : element('input', { type: TYPES[each.type] ?? 'text' });
  made.value = typed(current);
  made.placeholder = text(each.placeholder);
  made.onchange = () => fill(made.value);
  return made;
}

async function attach(file, label, act) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  act({ act: 'attach', label, name: file.name, base64: btoa(binary) });
}

/** The modal in front, or none. Redrawn only when the app changed it, so that nobody loses what they type. */
export function drawModal(dialog, view, act, state) {
  if (view === undefined) {
    dialog.dataset.hash = '';
    return dialog.close();
  }
  const version = `${view.id} ${view.hash}`;
  if (dialog.dataset.hash === version) return;
  dialog.dataset.hash = version;
  const form = element('form', {}, element('h2', { textContent: text(view.title) }));
  form.append(drawBlocks(view.blocks, view.state.values, { where: 'modal' }, act, state));
  if (view.submit) form.append(element('button', { className: 'primary', textContent: text(view.submit) }));
  const cancel = () => act({ act: 'close' });
  form.append(element('button', { type: 'button', textContent: text(view.close) || 'Cancel', onclick: cancel }));
  form.onsubmit = async (event) => {
    event.preventDefault();
    const { result } = await act({ act: 'submit' });
    for (const place of form.querySelectorAll('.error'))
      place.textContent = result?.errors?.[place.dataset.label] ?? '';
  };
  dialog.oncancel = (event) => {
    event.preventDefault();
    cancel();
  };
  dialog.replaceChildren(form);
  if (!dialog.open) dialog.showModal();
}

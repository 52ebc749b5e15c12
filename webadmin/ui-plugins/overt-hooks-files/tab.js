// Asks for the preview and shows its difference and its scripts.
const api = window.top.pluginApi('overt-hooks');
const id = new URLSearchParams(location.search).get('id');
const form = document.getElementById('ask');
const problem = document.getElementById('problem');
const place = document.getElementById('answer');
/** A chain may take as long as its scripts may: 60 s each. */
const DEADLINE_MS = 300_000;

form.elements.point.value = api.configObject().moment;
form.addEventListener('submit', (event) => {
  event.preventDefault();
  void preview();
});

async function preview() {
  const query = new URLSearchParams({ point: form.elements.point.value });
  if (form.elements.host.value) query.set('host', form.elements.host.value);
  const button = form.querySelector('button');
  button.disabled = true;
  problem.hidden = true;
  try {
    const response = await fetch(`/overt/api/vms/${id}/hook-preview?${query}`, {
      method: 'POST',
      headers: { Accept: 'application/json', Authorization: `Bearer ${api.ssoToken()}` },
      signal: AbortSignal.timeout(DEADLINE_MS),
    });
    const answer = await response.json();
    if (!response.ok) throw new Error(answer.detail ?? answer.fault?.detail ?? `the engine answered ${response.status}`);
    place.replaceChildren(...draw(answer));
  } catch (error) {
    place.replaceChildren();
    complain(error.message);
  } finally {
    button.disabled = false;
  }
}

function complain(text) {
  problem.textContent = text;
  problem.hidden = false;
}

function draw({ refused, failure, scripts, diff }) {
  if (refused) complain(`The operation would fail: ${failure}`);
  return [
    scripts.length > 0 ? table(scripts) : paragraph('No script is there for this moment.'),
    diff ? difference(diff) : paragraph('The domain stays as it is.'),
  ];
}

function table(scripts) {
  const all = element('table');
  all.append(row('th', 'Script', 'Exit code', 'Time', 'Standard error'));
  for (const { script, exit_code, overdue, milliseconds, stderr } of scripts) {
    const line = row('td', script, overdue ? `${exit_code} (killed)` : exit_code, `${milliseconds} ms`);
    const errors = element('td');
    errors.append(element('pre', stderr));
    line.append(errors);
    all.append(line);
  }
  return all;
}

/** A unified difference, its lines coloured by what they say. */
function difference(text) {
  const box = element('div');
  box.className = 'diff';
  box.setAttribute('role', 'region');
  box.setAttribute('aria-label', 'Difference');
  box.tabIndex = 0;
  for (const line of text.replace(/\n$/, '').split('\n')) {
    const span = element('span', line);
    if (/^(---|\+\+\+|@@)/.test(line)) span.className = 'place';
    else if (line.startsWith('+')) span.className = 'added';
    else if (line.startsWith('-')) span.className = 'removed';
    box.append(span);
  }
  return box;
}

function row(kind, ...texts) {
  const line = element('tr');
  line.append(...texts.map((text) => element(kind, String(text))));
  return line;
}

const paragraph = (text) => element('p', text);

function element(name, text = '') {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

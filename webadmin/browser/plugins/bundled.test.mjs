// The plugins that come with Overt, each with something real to show, and what a reader of the screen finds in them.
import assert from 'node:assert/strict';
import { after, afterEach, test } from 'node:test';
import { faultless } from '../audit.mjs';
import { button, choose, elsewhere, inState, openTab, row, site } from './site.mjs';

const s = await site(after);
let page;
let context;
let problems;

afterEach(async () => {
  await context?.close();
  context = undefined;
});

async function open(names, configurations) {
  await s.install(names, configurations);
  ({ page, context, problems } = await s.open());
}

const { ENGINE, api } = s.support;

/** A page of metrics in Prometheus' format, and a Prometheus server that kept two minutes of them. */
async function exporter() {
  const seconds = Math.floor(Date.now() / 1000);
  const kept = { data: { result: [{ metric: {}, values: [[seconds - 120, '1'], [seconds - 60, '4'], [seconds, '2']] }] } };
  return elsewhere(after, (request) =>
    request.url.startsWith('/api/v1/query_range')
      ? { type: 'application/json', body: JSON.stringify(kept) }
      : {
          type: 'text/plain',
          body: `# TYPE guest_load gauge\nguest_load{vm="${s.up}"} 0.75\nguest_load{vm="another"} 0.5\n`,
        },
  );
}

test('monitoring draws statistics of the API, a page of metrics, and what Prometheus kept', async () => {
  const address = await exporter();
  await open([], {
    'overt-monitoring': {
      config: {
        metrics: `${address}/metrics`,
        prometheus: address,
        seconds: 1,
        queries: { VirtualMachine: [{ label: 'Load of {{name}}', query: 'guest_load{vm="{{name}}"}' }] },
      },
    },
  });
  await inState(page, 'overt-monitoring');
  await row(page, s.up).getByRole('link', { name: s.up }).click();
  await openTab(page, 'Metrics');
  const tab = page.frameLocator('iframe[title="Metrics"]');
  const drawn = (section, name) => tab.getByRole('region', { name: section }).getByRole('img', { name });
  await drawn('Statistics', /memory/i).first().waitFor();
  await drawn('Metrics', `guest_load{vm="${s.up}"}: 0.75`).waitFor();
  assert.equal(await tab.getByText('another').count(), 0);
  const past = drawn('From Prometheus', `Load of ${s.up}: 2`);
  await past.waitFor();
  assert.equal((await past.locator('polyline').getAttribute('points')).split(' ').length, 3);
  await faultless(await frame('Metrics'), 'monitoring');
  await faultless(page, 'a page with a plugin in a tab');
  assert.deepEqual(problems, []);
});

test('monitoring shows hosts too, by what the engine itself measures', async () => {
  await open([]);
  const [host] = (await api('GET', '/hosts?max=1')).host;
  await page.evaluate((name) => (location.hash = `#overt-monitoring-Host;name=${name}`), host.name);
  const tab = page.frameLocator('iframe[title="Metrics"]');
  await tab.getByRole('region', { name: 'Statistics' }).getByRole('img', { name: /memory/i }).first().waitFor();
  assert.equal(await tab.getByRole('alert').count(), 0);
});

test('the page of a plugin is as dark as the page around it', async () => {
  await open([]);
  await inState(page, 'overt-hooks');
  await row(page, s.down).getByRole('link', { name: s.down }).click();
  await openTab(page, 'Hooks');
  // what the browser itself prefers, which is for all frames alike otherwise
  await page.emulateMedia({ colorScheme: null });
  const within = await frame('Hooks');
  const told = (dark) => within.waitForFunction((expected) => matchMedia('(prefers-color-scheme: dark)').matches === expected, dark);
  await told(false);
  await page.getByRole('button', { name: 'Dark', exact: true }).click();
  await told(true);
  await within.getByRole('button', { name: 'Preview' }).waitFor();
  await faultless(within, 'hooks, dark');
  await page.getByRole('button', { name: 'Light', exact: true }).click();
  await told(false);
});

test('hooks shows what scripts of a host would make of a machine', async () => {
  await open([]);
  await inState(page, 'overt-hooks');
  await row(page, s.down).getByRole('link', { name: s.down }).click();
  await openTab(page, 'Hooks');
  const tab = page.frameLocator('iframe[title="Hooks"]');
  assert.equal(await tab.getByLabel('Moment').inputValue(), 'before_vm_start');
  await tab.getByRole('button', { name: 'Preview' }).click();
  await tab.getByText(/No script is there for this moment|Exit code/).waitFor();
  await tab.getByText(/The domain stays as it is|@@/).first().waitFor();
  await tab.getByLabel('Moment').fill('no_such_moment');
  await tab.getByRole('button', { name: 'Preview' }).click();
  await tab.getByRole('alert').filter({ hasText: 'no_such_moment' }).waitFor();
  await faultless(await frame('Hooks'), 'hooks');
});

test('a dialog of a plugin has a name, and keeps what is behind it from keys', async () => {
  await open(['dialogs']);
  await choose(page, s.up);
  await button(page, 'Open Plain').click();
  await page.getByRole('dialog', { name: 'Plain' }).waitFor();
  await faultless(page, 'a page with a dialog of a plugin');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog', { name: 'Plain' }).waitFor({ state: 'detached' });
  await page.waitForFunction(() => document.querySelector('.overt-page').contains(document.activeElement));
});

test('plugins are told where machines can go, together or alone', { skip: !s.real }, async () => {
  const [up, down] = await Promise.all([s.up, s.down].map(async (name) => (await api('GET', `/vms?search=name=${name}`)).vm[0]));
  const hosts = ((await api('GET', '/hosts?search=status=up%20and%20cluster=Default')).host ?? []).map((host) => host.id);
  const targets = async (...machines) =>
    ((await api('GET', `/hosts?check_vms_in_affinity_closure=true&migration_target_of=${machines.map((one) => one.id)}`)).host ?? []).map((host) => host.id);
  assert.deepEqual((await targets(up)).toSorted(), hosts.filter((id) => id !== up.host.id).toSorted());
  assert.deepEqual(await targets(down), []);
  assert.deepEqual(await targets(up, down), []);
  await assert.rejects(targets({ id: '00000000-1111-2222-3333-444444444444' }), /404/);
});

test('playbooks are refused by name when there is none, and to pages of nobody', async () => {
  await open([]);
  const ask = (query, headers = {}) =>
    page.evaluate(
      async ([address, more]) => {
        const token = window.pluginApi('overt-hooks').ssoToken();
        const response = await fetch(address, { method: 'POST', body: '{}', headers: { Authorization: `Bearer ${token}`, ...more } });
        return [response.status, (await response.json()).detail];
      },
      [`${ENGINE}/services/ansible${query}`, headers],
    );
  await inState(page, 'overt-hooks');
  const [status, detail] = await ask('?playbook=no-such-playbook');
  assert.equal(status, 400);
  assert.match(detail, /^playbook: 'no-such-playbook' was found; expected one of /);
  assert.equal((await ask('?playbook=x', { Authorization: 'Bearer none' }))[0], 401);
});

const frame = async (title) => (await page.waitForSelector(`iframe[title="${title}"]`)).contentFrame();

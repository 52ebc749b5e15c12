// What somebody without rights sees, what a foreign page can do, and what may run in the page.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ADMINISTRATOR, api, browser, ENGINE, logIn, PAGE, until, window } from './support.mjs';

/** Known to the directory, without any role. */
const USER = { name: 'viewer', password: process.env.OVERT_USER_PASSWORD };
let launched;

before(async () => {
  launched = await browser();
});

after(() => launched?.close());


test('somebody who may use one machine sees that one and can do no more than that', async () => {
  const made = {};
  for (const name of [`hers-${process.pid}`, `not-hers-${process.pid}`]) {
    made[name] = await api('POST', '/vms', { name, memory: 134217728, cluster: { name: 'Default' }, template: { name: 'Blank' }, os: { kernel: '/boot/vmlinuz' } });
  }
  const [hers, other] = Object.values(made);
  await until('they are made', async () => (await api('GET', `/vms/${other.id}`)).status === 'down' && (await api('GET', `/vms/${hers.id}`)).status === 'down');
  const user = await api('POST', '/users', { user_name: `${USER.name}@internal-authz`, domain: { name: 'internal-authz' } });
  await api('POST', `/vms/${hers.id}/permissions`, { role: { name: 'UserRole' }, user: { id: user.id } });
  const { page, context, problems } = await window(launched);
  await logIn(page, { user: `${USER.name}@internal`, password: USER.password }, '#vms');
  await page.locator('.overt-table__row', { hasText: `hers-${process.pid}` }).first().waitFor();
  assert.equal(await page.locator('.overt-list__scroll').getAttribute('data-total'), '1');
  assert.equal(await page.locator('.overt-table__row', { hasText: 'not-hers' }).count(), 0);
  await page.locator('.overt-table__row').first().click();
  await page.locator('[data-action=more]').click();
  await page.locator('.pf-v6-c-menu [data-action=remove]').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await page.locator('.pf-v6-c-alert.pf-m-danger').waitFor();
  assert.equal((await api('GET', `/vms/${hers.id}`)).status, 'down');
  await page.goto(`${PAGE}#vms-general;id=${other.id}`);
  await page.getByText(/is not here/).waitFor();
  assert.deepEqual(problems, []);
  await context.close();
  await api('DELETE', `/vms/${hers.id}`);
  await api('DELETE', `/vms/${other.id}`);
});

test('who logs in after somebody else sees nothing of what that one saw, nor what is refused', async () => {
  const vm = await api('POST', '/vms', { name: `next-${process.pid}`, memory: 134217728, cluster: { name: 'Default' }, template: { name: 'Blank' } });
  await until('it is made', async () => (await api('GET', `/vms/${vm.id}`)).status === 'down');
  const user = await api('POST', '/users', { user_name: `${USER.name}@internal-authz`, domain: { name: 'internal-authz' } });
  await api('POST', `/vms/${vm.id}/permissions`, { role: { name: 'UserRole' }, user: { id: user.id } });
  const { page, context, problems } = await window(launched);
  await logIn(page, ADMINISTRATOR, '#vms');
  const drawer = page.locator('.pf-v6-c-notification-drawer');
  const bell = page.getByRole('button', { name: /^Events/ }).first();
  const secret = `secret of ${process.pid}`;
  await page.locator('.overt-table__row', { hasText: `next-${process.pid}` }).click();
  await api('POST', '/events', { description: secret, severity: 'warning', origin: 'rights', custom_id: process.pid });
  await bell.click();
  await drawer.getByText(secret).waitFor();
  assert.equal(await page.locator('nav [href="#dashboard"]').count(), 1);
  await page.locator('[data-action=user]').click();
  await page.locator('[data-action=log-out]').click();
  await page.getByLabel(/^User/).first().fill(`${USER.name}@internal`);
  await page.getByLabel(/^Password/).first().fill(USER.password);
  const events = page.waitForResponse((response) => response.url().includes('/api/events?max='));
  await page.getByRole('button', { name: 'Log in' }).click();
  await (await events).finished();
  await page.locator('.overt-toolbar', { hasText: /\d items?/ }).waitFor();
  await bell.click();
  await drawer.getByRole('button', { name: 'Close' }).waitFor();
  assert.equal(await page.getByText(secret).count(), 0);
  for (const refused of ['dashboard', 'tags', 'bookmarks', 'macPools', 'schedulingPolicies']) assert.equal(await page.locator(`nav [href="#${refused}"]`).count(), 0, refused);
  assert.equal(await page.locator('[data-action=tag_filter]').count(), 0);
  assert.deepEqual(problems, []);
  await context.close();
  await api('DELETE', `/vms/${vm.id}`);
});

test('the cookie of the page alone writes nothing', async () => {
  const { page, context } = await window(launched);
  await logIn(page);
  const cookies = (await context.cookies(PAGE)).map(({ name, value }) => `${name}=${value}`).join('; ');
  assert.match(cookies, /overt_webadmin=/);
  const body = JSON.stringify({ name: 'forged' });
  const response = await fetch(`${ENGINE}/api/tags`, { method: 'POST', body, headers: { Cookie: cookies, 'Content-Type': 'application/json', Prefer: 'persistent-auth' } });
  assert.equal(response.status, 401);
  const elsewhere = await fetch(`${ENGINE}/webadmin/session`, { headers: { Cookie: cookies, Origin: 'https://elsewhere.example', 'Sec-Fetch-Site': 'cross-site' } });
  assert.equal(elsewhere.status, 403);
  assert.equal(elsewhere.headers.get('access-control-allow-origin'), null);
  await context.close();
});

test('a session of the API that a browser keeps is no use to a foreign page', async () => {
  const basic = `Basic ${Buffer.from(`${ADMINISTRATOR.user}:${ADMINISTRATOR.password}`).toString('base64')}`;
  const opened = await fetch(`${ENGINE}/api`, { headers: { Authorization: basic, Prefer: 'persistent-auth', Accept: 'application/json' } });
  const cookie = opened.headers.get('set-cookie').split(';')[0];
  const post = (headers) => fetch(`${ENGINE}/api/tags`, { method: 'POST', body: '{"name":"forged"}', headers: { Cookie: cookie, 'Content-Type': 'application/json', Prefer: 'persistent-auth', ...headers } });
  assert.equal((await post({ Origin: 'https://elsewhere.example', 'Sec-Fetch-Site': 'cross-site' })).status, 403);
  const tags = (await api('GET', '/tags')).tag ?? [];
  assert.ok(!tags.some((tag) => tag.name === 'forged'));
});

test('no script runs that is not of the engine', async () => {
  const { page, context } = await window(launched);
  const answer = await page.goto(PAGE);
  const policy = answer.headers()['content-security-policy'];
  assert.match(policy, /script-src 'self'(;| ;|$)/);
  assert.ok(!/unsafe-inline/.test(policy.match(/script-src[^;]*/)[0]));
  const html = await answer.text();
  const inline = [...html.matchAll(/<script(?![^>]*\bsrc=)([^>]*)>/g)].map(([, attributes]) => attributes);
  assert.ok(inline.every((attributes) => /type="application\/json"/.test(attributes)), html);
  assert.ok(!/\son\w+=/.test(html));
  await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.ran = true';
    document.head.append(script);
  });
  assert.equal(await page.evaluate(() => window.ran), undefined);
  await context.close();
});

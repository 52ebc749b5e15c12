// The page as an administrator meets it: log in, look for machines, act on them, take it back.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ADMINISTRATOR, api, browser, logIn, PAGE, until, window } from './support.mjs';

const NAME = `page-${process.pid}`;
let launched;
let page;
let problems;

before(async () => {
  launched = await browser();
  ({ page, problems } = await window(launched));
});

after(() => launched?.close());

const row = (name) => page.locator('.overt-table__row', { hasText: name });
const status = async (name) => (await api('GET', `/vms?search=name=${name}`)).vm?.[0]?.status;

const chosen = (words) => page.locator('.overt-toolbar', { hasText: `${words} chosen` }).waitFor();

test('who has no session is asked to log in, and told what was wrong', async () => {
  await page.goto(PAGE);
  await page.getByLabel(/^User/).first().fill(ADMINISTRATOR.user);
  await page.getByLabel(/^Password/).first().fill('not the password');
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByText(/Unable to log in|incorrect|access_denied|cannot/i).first().waitFor();
});

test('after the login there is a list of machines, and a reload keeps the session', async () => {
  await logIn(page);
  await page.getByRole('grid', { name: 'Virtual Machines' }).waitFor();
  await page.reload();
  await page.getByRole('grid', { name: 'Virtual Machines' }).waitFor();
});

test('a machine that somebody makes elsewhere appears by itself', async () => {
  await api('POST', '/vms', { name: NAME, memory: 134217728, cluster: { name: 'Default' }, template: { name: 'Blank' }, os: { kernel: '/boot/vmlinuz' } });
  await row(NAME).waitFor();
  await until('the machine is made', async () => (await status(NAME)) === 'down');
});

test('a machine is made in the dialog, which starts with the few things that matter', async () => {
  await page.locator('[data-action=new]').click();
  const dialog = page.getByRole('dialog');
  await dialog.locator('[data-action=submit]').click();
  await dialog.getByText(/^Name: /).waitFor();
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill(`${NAME}-own`);
  const cluster = dialog.getByRole('combobox', { name: 'Cluster', exact: true });
  await cluster.click();
  await cluster.fill('Default');
  await page.getByRole('option').filter({ hasText: 'Default' }).first().click();
  await dialog.locator('[data-action=submit]').click();
  await dialog.waitFor({ state: 'detached' });
  await until('the machine is made', async () => (await status(`${NAME}-own`)) === 'down');
  await row(`${NAME}-own`).waitFor();
  await api('DELETE', `/vms/${(await api('GET', `/vms?search=name=${NAME}-own`)).vm[0].id}`);
  await row(`${NAME}-own`).waitFor({ state: 'detached' });
});

test('the search leaves only what fits, and completes', async () => {
  const search = page.getByRole('combobox', { name: /Search/ });
  await search.fill('stat');
  await page.getByRole('menuitem', { name: /status/ }).first().click();
  assert.equal(await search.inputValue(), 'status ');
  await page.getByRole('menuitem', { name: 'status !=' }).waitFor();
  await search.fill(`name=${NAME}`);
  await search.press('Enter');
  await page.waitForFunction(() => document.querySelector('.overt-list__scroll').dataset.total === '1');
  assert.match(new URL(page.url()).hash, /^#vms;search=/);
});

test('on a phone the menus of the toolbar stay in sight', async () => {
  const { width, height } = page.viewportSize();
  await page.setViewportSize({ width: 390, height: 844 });
  await page.waitForFunction(() => document.querySelectorAll('.overt-toolbar [data-action]').length === 3);
  for (const name of ['More actions', 'Columns']) {
    const box = await page.locator('.overt-list').getByRole('button', { name }).boundingBox();
    assert.ok(box.x >= 0 && box.x + box.width <= 390, `${name} at ${box.x}`);
  }
  await page.setViewportSize({ width, height });
  await page.locator('.overt-list [data-action=stop]').waitFor();
});

test('a machine is run, seen to come up, and powered off', async () => {
  await row(NAME).click();
  await page.locator('[data-action=start]').first().click();
  await until('the machine is up', async () => (await status(NAME)) === 'up');
  await page.waitForFunction((name) => [...document.querySelectorAll('.overt-table__row')].some((one) => one.innerText.includes(name) && /\bUp\b/i.test(one.innerText)), NAME);
  await page.locator('[data-action=stop]').first().click();
  await page.getByRole('dialog').getByRole('button', { name: 'Power off' }).click();
  await until('the machine is down', async () => (await status(NAME)) === 'down');
});

test('an event is on the screen within half a second', async () => {
  await page.getByRole('button', { name: 'Events' }).first().click();
  const drawer = page.locator('.pf-v6-c-notification-drawer');
  await drawer.waitFor();
  const text = `browser test ${Date.now()}`;
  await page.evaluate((wanted) => {
    globalThis.seen = new Promise((resolve) => {
      const look = () => document.querySelector('.pf-v6-c-notification-drawer')?.textContent.includes(wanted) && resolve(Date.now());
      new MutationObserver(look).observe(document.body, { childList: true, subtree: true, characterData: true });
    });
  }, text);
  const before = Date.now();
  await api('POST', '/events', { description: text, severity: 'normal', origin: 'browser', custom_id: Date.now() % 1e9 });
  const seen = await page.evaluate(() => globalThis.seen);
  assert.ok(seen - before <= 500, `${seen - before} ms`);
  await drawer.getByRole('button', { name: 'Close' }).click();
});

test('the tasks begin with the newest, however many there were', async () => {
  const describe = (number) => `${NAME}, task ${number}`;
  for (let number = 0; number < 30; number++) await api('POST', '/jobs', { description: describe(number) });
  await page.getByRole('button', { name: /^Tasks/ }).click();
  await page.locator('.overt-tasks__list li[data-job]', { hasText: describe(29) }).waitFor();
  assert.match(await page.locator('.overt-tasks__list li[data-job]').first().innerText(), new RegExp(describe(29)));
  await page.getByRole('button', { name: /^Tasks/ }).click();
  for (const job of (await api('GET', '/jobs')).job.filter((one) => one.description.startsWith(NAME))) await api('POST', `/jobs/${job.id}/end`, { succeeded: true });
});

test('Ctrl-K leads to a machine by a part of its name', async () => {
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').getByRole('textbox').fill(NAME.slice(0, -1));
  await page.getByRole('menuitem', { name: new RegExp(NAME) }).first().click();
  await page.getByRole('heading', { name: NAME, level: 1 }).waitFor();
  assert.match(new URL(page.url()).hash, /^#vms-general;name=/);
});

test('a link to a machine by its name alone leads there', async () => {
  await page.goto(`${PAGE}#vms-general;name=${NAME}`);
  await page.getByRole('heading', { name: NAME, level: 1 }).waitFor();
});

test('a page that is opened by a name alone is live, and stays with its machine when that is renamed', async () => {
  const { id } = (await api('GET', `/vms?search=name=${NAME}`)).vm[0];
  await page.goto(`${PAGE}#vms-general;name=${NAME}`);
  await page.getByRole('heading', { name: NAME, level: 1 }).waitFor();
  await api('PUT', `/vms/${id}`, { name: `${NAME}-new` });
  await page.getByRole('heading', { name: `${NAME}-new`, level: 1 }).waitFor();
  await page.waitForFunction((end) => location.hash.endsWith(end), `;name=${NAME}-new;id=${id}`);
  await api('PUT', `/vms/${id}`, { name: NAME });
  await page.getByRole('heading', { name: NAME, level: 1, exact: true }).waitFor();
});

test('the page of a machine that somebody removes says so, and offers nothing', async () => {
  const { id } = await api('POST', '/vms', { name: `${NAME}-gone`, cluster: { name: 'Default' }, template: { name: 'Blank' } });
  await until('the machine is made', async () => (await status(`${NAME}-gone`)) === 'down');
  await page.goto(`${PAGE}#vms-general;name=${NAME}-gone`);
  await page.locator('.overt-detail__head [data-action=edit]').waitFor();
  await api('DELETE', `/vms/${id}`);
  await page.getByText(`“${NAME}-gone” is not here any more`).waitFor();
  assert.equal(await page.locator('[data-action=edit]').count(), 0);
});

test('keys for what has the focus are not for the rows', async () => {
  await page.goto(`${PAGE}#vms`);
  await row(NAME).waitFor();
  const sorted = () => page.locator('.overt-table th[aria-sort]').getAttribute('aria-sort');
  const before = await sorted();
  await page.locator('.overt-table th[aria-sort] button').press('Enter');
  assert.notEqual(await sorted(), before);
  await page.locator('.overt-table th[aria-sort] button').press(' ');
  assert.equal(await sorted(), before);
  const box = row(NAME).getByRole('checkbox');
  const chosen = await box.isChecked();
  await box.press(' ');
  assert.equal(await box.isChecked(), !chosen);
  await row(NAME).getByRole('link', { name: NAME }).first().press('Enter');
  await page.getByRole('heading', { name: NAME, level: 1 }).waitFor();
});

test('what is chosen stays so through another order, and not through another search', async () => {
  await page.goto(`${PAGE}#vms;search=name%3D${NAME}*`);
  await row(NAME).click();
  await chosen('1 of 1');
  await page.locator('.overt-table th[aria-sort] button').click();
  await page.locator('.overt-table th[aria-sort] button').click();
  await chosen('1 of 1');
  await page.goto(`${PAGE}#vms;search=name%3D${NAME}*%20sortby%20name`);
  await chosen('1 of 1');
  await page.goto(`${PAGE}#vms`);
  await page.locator('.overt-toolbar', { hasText: /\d items?/ }).waitFor();
});

test('the row that keys begin at stays the same when another comes before it', async () => {
  const now = () => page.locator('.overt-table__row--current').getAttribute('data-id');
  await page.goto(`${PAGE}#vms;search=name%3D*${NAME}*`);
  await row(NAME).click();
  const before = await now();
  await api('POST', '/vms', { name: `a-${NAME}`, cluster: { name: 'Default' }, template: { name: 'Blank' } });
  await row(`a-${NAME}`).waitFor();
  assert.equal(await now(), before);
  await page.locator('.overt-list__scroll').press('Shift+ArrowUp');
  await chosen('2 of 2');
  await until('it is made', async () => (await status(`a-${NAME}`)) === 'down');
  await api('DELETE', `/vms/${(await api('GET', `/vms?search=name=a-${NAME}`)).vm[0].id}`);
  await chosen('1 of 1');
});

test('an order that a search names is the order of the list', async () => {
  const first = async (order) => (await api('GET', `/hosts?max=1&search=${encodeURIComponent(`sortby ${order}`)}`)).host[0].name;
  const shown = (name) => page.waitForFunction((wanted) => document.querySelector('.overt-table__row[data-id] a')?.innerText === wanted, name);
  await page.goto(`${PAGE}#hosts;search=sortby%20name%20desc`);
  await shown(await first('name desc'));
  assert.equal(await page.locator('.overt-table th[aria-sort]').count(), 0);
  await page.getByRole('button', { name: 'Name', exact: true }).click();
  await shown(await first('name'));
  assert.equal(decodeURIComponent(new URL(page.url()).hash), '#hosts');
});

test('a list is where it was when somebody comes back from the page of one of its rows', async () => {
  await page.goto(`${PAGE}#roles`);
  const list = page.locator('.overt-list__scroll');
  await page.locator('.overt-table__row[data-id]').first().waitFor();
  await list.press('End');
  await page.waitForFunction(() => document.querySelector('.overt-list__scroll').scrollTop > 100);
  const top = await list.evaluate((box) => box.scrollTop);
  await page.locator('.overt-table__row[data-id]').last().getByRole('link').first().click();
  await page.locator('.overt-detail').waitFor();
  await page.goBack();
  await page.waitForFunction((wanted) => Math.abs((document.querySelector('.overt-list__scroll')?.scrollTop ?? 0) - wanted) < 5, top);
});

test('all that match are chosen, on the screen or not, and are forgotten when they are gone', async () => {
  const events = Array.from({ length: 120 }, (_, number) => ({ description: `${NAME}, event ${number}`, severity: 'normal', origin: NAME, custom_id: (process.pid % 10000) * 1000 + number }));
  for (let from = 0; from < events.length; from += 10) await Promise.all(events.slice(from, from + 10).map((event) => api('POST', '/events', event)));
  await page.goto(`${PAGE}#events;search=message%3D"${NAME}, event*"`);
  const list = page.locator('.overt-list__scroll');
  await page.waitForFunction(() => document.querySelector('.overt-list__scroll')?.dataset.total === '120');

  // a range further than what is loaded
  await page.locator('.overt-table__row').first().click();
  await list.press('End');
  await page.locator('.overt-table__row[aria-rowindex="121"]').click({ modifiers: ['Shift'] });
  await chosen('120 of 120');

  // one that is removed by others while it is scrolled away
  const last = page.locator('.overt-table__row[aria-rowindex="121"]');
  await last.click();
  const id = await last.getAttribute('data-id');
  await list.press('Home');
  await chosen('1 of 120');
  await api('DELETE', `/events/${id}`);
  await page.locator('.overt-toolbar', { hasText: '119 items' }).waitFor();

  await page.getByRole('checkbox', { name: 'Choose all' }).click();
  await chosen('119 of 119');
  await page.locator('[data-action=remove]').first().click();
  await page.getByRole('dialog').getByRole('button', { name: 'Dismiss' }).click();
  await page.locator('.overt-toolbar', { hasText: '0 items' }).waitFor();
});

test('a machine is removed after a question', async () => {
  await page.goto(`${PAGE}#vms;search=name%3D${NAME}`);
  await row(NAME).click({ button: 'right' });
  await page.locator('.overt-menu [data-action=remove]').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await until('the machine is gone', async () => (await status(NAME)) === undefined);
  await row(NAME).waitFor({ state: 'detached' });
});

test('the user menu ends the session', async () => {
  await page.locator('[data-action=user]').click();
  await page.locator('[data-action=log-out]').click();
  await page.getByRole('button', { name: 'Log in' }).waitFor();
  await page.reload();
  await page.getByRole('button', { name: 'Log in' }).waitFor();
});

test('nothing went wrong in the page on the way', () => assert.deepEqual(problems, []));

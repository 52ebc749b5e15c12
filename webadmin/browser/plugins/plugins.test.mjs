// Plugins of every generation in the page: what they add, what they hear, and what becomes of those that misbehave.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, afterEach, test } from 'node:test';
import { button, choose, elsewhere, frameOf, inState, link, openTab, row, seen, site } from './site.mjs';

// not in a `before`: what that registers to be done after the tests would be done after itself
const s = await site(after);
let page;
let context;

afterEach(async () => {
  await context?.close();
  context = undefined;
});

async function open(names, place, { configurations, descriptors, ...options } = {}) {
  await s.install(names, configurations, descriptors);
  ({ page, context } = await s.open(place, options));
}

const isEnabled = (name) => button(page, name).evaluate((element) => !element.disabled && element.getAttribute('aria-disabled') !== 'true');
const enabled = (name) => page.waitForFunction(
  (label) => [...document.querySelectorAll('.overt-toolbar button')].some((each) => each.textContent.trim() === label && !each.disabled), name);
const disabled = (name) => page.waitForFunction(
  (label) => [...document.querySelectorAll('.overt-toolbar button')].some((each) => each.textContent.trim() === label && each.disabled), name);

test("the talk's plugin: a tab, its page, and a configuration that overrides the defaults", async () => {
  await open(['my-plugin']);
  await link(page, 'Foo Tab').click();
  await page.waitForURL(/#foo-tab$/);
  assert.equal(await page.locator('iframe[title="Foo Tab"]').getAttribute('src'), 'http://foo.com/');
  const config = await page.evaluate(() => window.pluginApi('myPlugin').configObject());
  assert.deepEqual(config, { band: 'AC/DC', classic: true, score: 10 });
});

test('every way to read a selection works, whatever the generation', async () => {
  await open(['shapes']);
  const labels = ['B-arguments', 'B-rest', 'B-named', 'C-array', 'C-destructured', 'C-filter', 'A-named'];
  for (const label of labels) await disabled(label);
  await choose(page, s.up);
  for (const label of labels) await enabled(label);
  assert.deepEqual(await (await frameOf(page, 'shapes')).evaluate('window.seen'), [1, s.up, s.up]);
  await choose(page, s.down);
  for (const label of labels) await disabled(label);
});

test('a plugin of oVirt 3 hears its events in order, one argument for each entity', async () => {
  await open(['spread']);
  await inState(page, 'spread');
  await choose(page, s.up, s.down);
  const heard = await seen(page, 'spread');
  const names = heard.map(([name]) => name).filter((name) => name !== 'VirtualMachineSelectionChange');
  assert.deepEqual(names.slice(0, 2), ['UiInit', 'UserLogin']);
  assert.match(heard.find(([name]) => name === 'UserLogin')[1], /^admin@internal/);
  assert.ok(names.includes('RestApiSessionAcquired'), JSON.stringify(heard));
  assert.deepEqual(heard.filter(([name]) => name === 'VirtualMachineSelectionChange').map(([, count]) => count).slice(-2), [1, 2]);
});

test('its buttons are where they should be, and are pressed with the selection', async () => {
  await open(['spread']);
  await choose(page, s.up);
  await enabled('One VM');
  await button(page, 'One VM').click();
  assert.deepEqual((await seen(page, 'spread')).at(-1), ['onClick', 1, s.up]);
  await button(page, 'Only in the bar').waitFor();
  assert.equal(await button(page, 'Only in the menu').count(), 0);
  await row(page, s.up).click({ button: 'right' });
  assert.equal(await page.getByRole('menuitem', { name: 'Only in the bar' }).count(), 0);
  await page.getByRole('menuitem', { name: 'Only in the menu' }).click();
  assert.equal((await seen(page, 'spread')).at(-1)[0], 'menu');
});

test('its tab shows what it set for the entity, and is there for one entity only', async () => {
  await open(['spread']);
  await row(page, s.up).getByRole('link', { name: s.up }).click();
  await openTab(page, 'Spread Tab');
  await page.frameLocator('iframe[title="Spread Tab"]').getByText(`tab of ${s.up}`).waitFor();
  assert.match(page.url(), /#spread-tab;/);
  // opened anew at the tab: the plugin hears of the entity though that was shown before the plugin was there
  await page.reload();
  await page.frameLocator('iframe[title="Spread Tab"]').getByText(`tab of ${s.up}`).waitFor();
});

test('the address of a tab leads to it also when its plugin first has to hear of the entity', { skip: !s.real }, async () => {
  await open(['asks']);
  await row(page, s.down).getByRole('link', { name: s.down }).click();
  await openTab(page, 'Asking Tab');
  const shown = page.frameLocator('iframe[title="Asking Tab"]').getByText(`answer for ${s.down}`);
  await shown.waitFor();
  await page.reload();
  await shown.waitFor();
});

test('a tab that is hidden and shown again stays while the user looks at it', async () => {
  await open(['flickers']);
  await row(page, s.up).getByRole('link', { name: s.up }).click();
  await openTab(page, 'Flickering Tab');
  const shown = page.frameLocator('iframe[title="Flickering Tab"]').getByText('flickering');
  await shown.waitFor();
  const events = (await seen(page, 'flickers')).length;
  await page.evaluate(() => window.pluginApi('flickers').setTabAccessible('flickers-tab', false));
  await page.evaluate(() => new Promise((next) => setTimeout(next, 400)));
  await page.evaluate(() => window.pluginApi('flickers').setTabAccessible('flickers-tab', true));
  await page.evaluate(() => new Promise((next) => setTimeout(next, 400)));
  await shown.waitFor();
  assert.equal(await page.evaluate(() => localStorage.getItem('flickers-loads')), '1');
  assert.equal((await seen(page, 'flickers')).length, events);
});

test('a plugin of oVirt 4.4: landing place, groups of the menu, icons, order', async () => {
  await open(['array'], '');
  await page.waitForURL(/#array-place/);
  await page.frameLocator('iframe[title="Array Place"]').getByText('the array place').waitFor();
  const links = await page.getByRole('navigation').locator('a').allTextContents();
  assert.equal(links[0].trim(), 'Array Place');
  for (const label of ['Array Inside', 'Array Compute']) assert.ok(links.some((each) => each.trim() === label), label);
  assert.ok(!links.some((each) => each.trim() === 'Array Nowhere'));
});

test('a search with the prefix of its place leads there', { skip: !s.real }, async () => {
  await open(['array']);
  await inState(page, 'array');
  await page.evaluate(() => window.pluginApi('array').setSearchString('Array: something'));
  await page.waitForURL(/#array-place;search=something$/);
});

test('its place is left: the handler is called, the iframe goes', async () => {
  await open(['array'], '#array-place');
  await page.frameLocator('iframe[title="Array Place"]').getByText('the array place').waitFor();
  await page.evaluate(() => new Promise((next) => setTimeout(next, 50)));
  await page.evaluate(() => (location.hash = '#vms'));
  await row(page, s.up).waitFor();
  await page.waitForFunction(() => localStorage.getItem('array-left') === 'heard');
  assert.equal(await page.locator('iframe[title="Array Place"]').count(), 0);
});

test('its buttons get arrays and the entity of the page, and stand where they ask to', async () => {
  await open(['array']);
  await choose(page, s.up, s.down);
  await enabled('Array Button');
  await button(page, 'Array Button').click();
  assert.deepEqual((await seen(page, 'array')).at(-1), ['onClick', [s.up, s.down], { id: '' }]);
  assert.equal(await page.locator('.overt-toolbar button').first().getAttribute('id'), 'ArrayButton');
  assert.equal(await button(page, 'Array More').count(), 0);
  await page.locator('[data-action=more]').first().click();
  await page.getByRole('menuitem', { name: 'Array More' }).click();
  assert.deepEqual((await seen(page, 'array')).at(-1), ['more']);
});

test('buttons of a detail tab know the entity of the page, and its tab comes where it asks to', async () => {
  await open(['array']);
  await row(page, s.up).getByRole('link', { name: s.up }).click();
  await page.getByRole('tab', { name: 'General' }).waitFor();
  const tabs = (await page.getByRole('tab').allTextContents()).map((text) => text.trim());
  assert.equal(tabs.indexOf('Array Tab'), tabs.indexOf('General') + 1, tabs.join());
  await openTab(page, 'Array Tab');
  await page.frameLocator('iframe[title="Array Tab"]').getByText('the array tab').waitFor();
  await openTab(page, 'Disks');
  await button(page, 'Array Detail').click();
  assert.deepEqual((await seen(page, 'array')).at(-1).slice(0, 1), ['detail']);
  assert.equal((await seen(page, 'array')).at(-1)[2], s.up);
});

test('they are there in tabs that are no plain lists, with what is chosen there', { skip: !s.real }, async () => {
  await open(['array']);
  await row(page, s.up).getByRole('link', { name: s.up }).click();
  await openTab(page, 'Snapshots');
  await disabled('Array Snapshot');
  await page.getByRole('radio').first().check();
  await enabled('Array Snapshot');
  await button(page, 'Array Snapshot').click();
  assert.deepEqual((await seen(page, 'array')).at(-1), ['snapshot', 'string', s.up]);
  await openTab(page, 'Affinity Groups');
  await page.locator('.overt-detail__tab [data-action=more]').first().click();
  await page.getByRole('menuitem', { name: 'Array Group Only' }).click();
  assert.deepEqual((await seen(page, 'array')).at(-1), ['group', 0, s.up]);
});

test('what it asks, it is told', async () => {
  await open(['array']);
  await inState(page, 'array');
  const answers = await (await frameOf(page, 'array')).evaluate('answers()');
  assert.equal(answers.config.color, 'green');
  assert.match(answers.user, /^admin@internal/);
  assert.equal(answers.token, 'string');
  assert.equal(answers.base, new URL('/ovirt-engine/', page.url()).href);
  assert.equal(answers.locale, 'en-US');
  assert.equal(answers.place, 'vms');
  assert.ok(Array.isArray(answers.tag.children));
});

test('a dialog: size, buttons, messages, a new address, no way out but its own', async () => {
  await open(['dialogs']);
  await choose(page, s.up);
  await button(page, 'Open Dialog').click();
  const dialog = page.getByRole('dialog', { name: 'A Dialog' });
  const frame = page.frameLocator('iframe[title="A Dialog"]');
  await frame.getByText('hello from the plugin').waitFor();
  assert.equal(await dialog.evaluate((element) => getComputedStyle(element).width), '340px');
  const size = (element) => [getComputedStyle(element).width, getComputedStyle(element).height];
  // the page in it is made for the width that the plugin asks for
  assert.deepEqual(await page.locator('iframe[title="A Dialog"]').evaluate(size), ['340px', '260px']);
  assert.equal(await dialog.getByRole('button', { name: /close/i }).count(), 0);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.querySelector('.overt-page').contains(document.activeElement)), false);
  assert.equal(await row(page, s.up).getAttribute('aria-selected'), 'true');
  await dialog.getByRole('button', { name: 'Change' }).click();
  await frame.getByText('?changed').waitFor();
  assert.ok((await seen(page, 'dialogs')).includes(0));
  await dialog.getByRole('button', { name: 'Finish' }).click();
  await dialog.waitFor({ state: 'detached' });
});

test('a dialog closes by message, and a plain one by its icon and by Escape', async () => {
  await open(['dialogs']);
  await button(page, 'Open Dialog').click();
  await page.frameLocator('iframe[title="A Dialog"]').getByRole('button', { name: 'close me' }).click();
  await page.getByRole('dialog', { name: 'A Dialog' }).waitFor({ state: 'detached' });
  const plain = page.getByRole('dialog', { name: 'Plain' });
  await button(page, 'Open Plain').click();
  await plain.getByRole('button', { name: /close/i }).click();
  await plain.waitFor({ state: 'detached' });
  await button(page, 'Open Plain').click();
  await plain.waitFor();
  await page.keyboard.press('Escape');
  await plain.waitFor({ state: 'detached' });
});

test('a plugin goes on that cannot read the messages of another one, and not if they are its own', async () => {
  await open(['strict', 'dialogs']);
  await inState(page, 'strict');
  await button(page, 'Open Dialog').click();
  await page.frameLocator('iframe[title="A Dialog"]').getByRole('button', { name: 'close me' }).click();
  await page.getByRole('dialog', { name: 'A Dialog' }).waitFor({ state: 'detached' });
  await link(page, 'Strict Tab').click();
  const tab = page.frameLocator('iframe[title="Strict Tab"]');
  await tab.getByRole('button', { name: 'speak' }).click();
  await page.waitForFunction(() => document.querySelector('iframe[data-plugin=strict]').contentWindow.eval('seen').length === 1);
  assert.deepEqual(await seen(page, 'strict'), ['hello']);
  await tab.getByRole('button', { name: 'mumble' }).click();
  await page.getByText(/strict.*MessageReceived/).first().waitFor();
  await inState(page, 'dialogs');
});

test('notices, and going elsewhere', async () => {
  await open(['notices']);
  await button(page, 'Toast').click();
  await page.getByText('<b>a toast</b>').waitFor();
  await button(page, 'Alert').click();
  await page.getByText('an alert').waitFor();
  await button(page, 'Find').click();
  await page.waitForURL(/#hosts;search=/);
  await page.evaluate(() => (location.hash = '#vms'));
  await button(page, 'Hosts').click();
  await page.waitForURL(/#hosts$/);
});

test('a page of another origin talks to its plugin by messages', async () => {
  const other = await elsewhere(
    after,
    `<p id="s">waiting</p><script>
      addEventListener('message', (e) => { document.getElementById('s').textContent = e.data + ' from ' + e.origin; });
      parent.postMessage('ping', '*');
    </script>`,
  );
  await open(['xo'], '#vms', { configurations: { xo: { config: { other } } } });
  await link(page, 'XO').click();
  await page.frameLocator('iframe[title="XO"]').getByText(`pong from ${new URL(page.url()).origin}`).waitFor();
});

test('a plugin of another origin has the same functions over messages, and no token', async () => {
  const client = await readFile(new URL('../../ui-plugins/client.js', import.meta.url), 'utf8');
  const html = `<!DOCTYPE html><script src="/client.js"></script><script>
    const api = pluginApi('far');
    api.register({
      UiInit() {
        api.addPrimaryMenuPlace('Far Place', 'far-place', 'place.html', { priority: -1 });
        api.addMenuPlaceActionButton('VirtualMachine', 'Far Button', {
          isEnabled: (vms) => vms.length === 1,
          onClick: ([vm]) => { api.showToast('success', 'far away: ' + vm.name + ' ' + api.loginUserName() + ' ' + api.ssoToken()); },
        });
        api.addMenuPlaceActionButton('VirtualMachine', 'Far Search', { onClick: () => api.revealPlace('hosts') });
      },
      VirtualMachineSelectionChange: (vms) => { document.title = String(vms.length); },
    });
    api.ready();
  </script>`;
  const other = await elsewhere(after, html, { '/client.js': client });
  await open([], '#vms', {
    descriptors: { far: { url: `${other}/start.html`, config: { a: 1 } } },
    configurations: { far: { isolation: 'origin', grants: ['notices'] } },
  });
  await inState(page, 'far');
  await disabled('Far Button');
  await choose(page, s.up);
  await enabled('Far Button');
  await button(page, 'Far Button').click();
  await page.getByText(`far away: ${s.up} admin@internal`).waitFor();
  await button(page, 'Far Search').click();
  await link(page, 'Far Place').click();
  assert.equal(await page.locator('iframe[title="Far Place"]').getAttribute('src'), `${other}/place.html`);
});

test('a plugin that is kept apart does what it did, and reaches nothing of the page', { skip: !s.real }, async () => {
  const isolation = 'origin';
  await open(['my-plugin', 'strict'], '#vms', { configurations: { 'my-plugin': { isolation }, strict: { isolation, apiCompat: '3' } } });
  await link(page, 'Foo Tab').waitFor();
  await inState(page, 'strict');
  const plugin = await frameOf(page, 'strict');
  for (const reached of ['top.document.title', 'top.pluginApi', 'document.cookie', 'localStorage.length']) {
    await assert.rejects(plugin.evaluate((text) => String(eval(text)), reached), /SecurityError|cross-origin|denied|insecure|sandbox/i, reached);
  }
  await link(page, 'Strict Tab').click();
  await page.frameLocator('iframe[title="Strict Tab"]').getByRole('button', { name: 'speak' }).click();
  // nothing is drawn in a hidden frame: looks are by the clock
  await plugin.waitForFunction('seen.length === 1', null, { polling: 100 });
  assert.equal(await plugin.evaluate('seen[0]'), 'hello');
});

test('ready may come before what UiInit needs', async () => {
  await open(['late']);
  await link(page, 'Late Tab').waitFor();
});

test('one that throws is gone with all it had, and its neighbour stays', async () => {
  await open(['badPlugin', 'late']);
  await link(page, 'Late Tab').waitFor();
  await page.getByText(/badPlugin.*boom/).first().waitFor();
  assert.equal(await link(page, 'Bad Tab').count(), 0);
  assert.equal(await button(page, 'Bad Button').count(), 0);
  assert.equal(await page.locator('iframe[data-plugin=badPlugin]').count(), 0);
});

test('one that throws later is gone then', async () => {
  await open(['throwsLater', 'late']);
  await link(page, 'Later Tab').waitFor();
  await choose(page, s.up);
  await page.getByText(/throwsLater.*nothing is not defined/).first().waitFor();
  await link(page, 'Later Tab').waitFor({ state: 'detached' });
  await link(page, 'Late Tab').waitFor();
});

test('the page does not wait for ever for one that never says it is ready', async () => {
  const began = Date.now();
  await open(['neverReady', 'missingPage', 'late']);
  await row(page, s.up).waitFor({ timeout: 20_000 });
  assert.ok(Date.now() - began < 25_000);
  await link(page, 'Late Tab').waitFor();
});

test('why one is not in use can be read on the page of extensions', async () => {
  await open(['brokenScript', 'late'], '#extensions');
  const line = page.getByRole('row', { name: /brokenScript/ });
  await line.getByText('LOADING').waitFor();
  await line.getByRole('button', { name: /Details|toggle/i }).first().click();
  await page.getByText(/could not load .*missing\.js/).waitFor();
  await page.getByText(/\$ is not defined/).waitFor();
  await page.getByRole('button', { name: 'Disable: late' }).click();
  await link(page, 'Late Tab').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Load again: late' }).click();
  await link(page, 'Late Tab').waitFor();
});

test('a flood leaves the page usable', async () => {
  await open(['floods', 'late']);
  await link(page, 'Late Tab').waitFor();
  await choose(page, s.up);
  assert.ok((await page.getByText(/^toast \d+$/).count()) <= 25);
});

test('the page starts without the plugin that it stood still in', async () => {
  await open(['hangs', 'late']);
  await inState(page, 'hangs');
  const session = await context.newCDPSession(page);
  const click = row(page, s.up).click().catch(() => {});
  await new Promise((go) => setTimeout(go, 1_000));
  // ends the loop as a kill of the tab would: nothing of the page runs on
  await session.send('Runtime.terminateExecution');
  await click;
  const note = await page.evaluate(() => sessionStorage.getItem('plugin-call'));
  assert.equal(note, 'hangs:VirtualMachineSelectionChange');
  await context.close();
  await open(['hangs', 'late'], '#vms', { tab: { 'plugin-call': note } });
  await page.getByText(/hangs.*stood still in VirtualMachineSelectionChange/).waitFor();
  await link(page, 'Late Tab').waitFor();
  assert.equal(await page.locator('iframe[data-plugin=hangs]').count(), 0);
});

test('safe mode loads none', async () => {
  await open(['late'], '#vms', { query: '?safe-mode' });
  await page.getByText('Safe mode').waitFor();
  assert.equal(await page.locator('iframe[data-plugin]').count(), 0);
});

test('dialogs that plugins draw themselves with PatternFly 4 are opaque', async () => {
  await open(['modern']);
  await button(page, 'Modern').click();
  const colour = await page.locator('#shadow-root-modern .box').evaluate((element) => getComputedStyle(element).backgroundColor);
  assert.equal(colour, 'rgb(255, 255, 255)');
});

test('all at once: old and new, good and bad', async () => {
  await open(['my-plugin', 'shapes', 'spread', 'array', 'dialogs', 'notices', 'late', 'badPlugin', 'brokenScript', 'modern']);
  for (const name of ['myPlugin', 'shapes', 'spread', 'array', 'dialogs', 'notices', 'late', 'modern']) await inState(page, name);
  for (const label of ['Foo Tab', 'Array Place', 'Late Tab']) await link(page, label).waitFor();
  await choose(page, s.up);
  for (const label of ['One VM', 'Array Button', 'A-named', 'C-array']) await enabled(label);
  assert.ok(await isEnabled('Toast'));
});

// Consoles of a simulated machine: its serial line answers, and the page keeps to it whatever becomes of the machine.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { faultless } from './audit.mjs';
import { api, browser, logIn, PAGE, until, window } from './support.mjs';

const NAME = `line-${process.pid}`;
const PLACE = `${PAGE}#vms-console;name=${NAME}`;
let launched;
let page;
let problems;
let id;

before(async () => {
  launched = await browser();
  ({ page, problems } = await window(launched));
  await logIn(page);
  const made = await api('POST', '/vms', { name: NAME, memory: 134217728, cluster: { name: 'Default' }, template: { name: 'Blank' }, os: { kernel: '/boot/vmlinuz' }, console: { enabled: false } });
  id = made.id;
  await until('the machine is made', async () => (await machine()).status === 'down');
});

after(async () => {
  await api('POST', `/vms/${id}/stop`, {}).catch(() => {});
  await until('it is down', async () => (await machine()).status === 'down').catch(() => {});
  await api('DELETE', `/vms/${id}`).catch(() => {});
  await launched?.close();
});

const machine = () => api('GET', `/vms/${id}`);
const line = (one) => one.locator('.ov-console__display--serial');
const shows = (one, text) => until(`the line shows ${text}`, async () => (await line(one).locator('.xterm-rows').innerText()).includes(text));

async function toSerial(one) {
  await one.goto(PLACE);
  await one.locator('#console-serial').click();
}

test('a machine without a serial console says so, and how to get one', async () => {
  await toSerial(page);
  await page.getByText('The serial console is not enabled in this virtual machine').waitFor();
  assert.ok(await page.locator('[data-action=connect]').isDisabled());
  await api('PUT', `/vms/${id}`, { console: { enabled: true } });
  await page.getByText('The serial console is not enabled in this virtual machine').waitFor({ state: 'detached' });
});

test('who opens a window of its own before the machine runs sees its line when it does', async () => {
  await page.goto(`${PAGE}#vms-general;name=${NAME}`);
  await page.goto(`${PAGE}#vms-console;id=${id};connect=serial`);
  await page.getByText('The console opens when the virtual machine runs').waitFor();
  await api('POST', `/vms/${id}/start`, {});
  await shows(page, `${NAME}#`);
  await line(page).click();
  await page.keyboard.type('uptime');
  await shows(page, `${NAME}# uptime`);
});

test('Ctrl with the left Alt leads out of the line, which takes all other keys', async () => {
  const inside = () => page.evaluate(() => document.activeElement.closest('.ov-console__screen') !== null);
  await page.keyboard.press('Tab');
  assert.ok(await inside());
  await page.keyboard.down('ControlLeft');
  await page.keyboard.down('AltLeft');
  await page.keyboard.up('AltLeft');
  await page.keyboard.up('ControlLeft');
  await until('the focus is outside', async () => !(await inside()));
  assert.equal(await page.evaluate(() => document.activeElement.dataset.action), 'disconnect');
});

test('another user is told who is there, and can take over', async () => {
  const other = await window(launched);
  await logIn(other.page);
  await toSerial(other.page);
  await other.page.locator('[data-action=connect]').click();
  await other.page.getByText('admin@internal-authz is at this serial console already').waitFor();
  await other.page.locator('[data-action=take]').click();
  await shows(other.page, `${NAME}#`);
  await shows(page, '[admin@internal-authz took this console over]');
  await page.getByText('is at this serial console already').waitFor();
  await page.locator('[data-action=take]').click();
  await other.page.getByText('is at this serial console already').waitFor();
  await other.context.close();
});

test('it is connected again after the machine moved, stopped and started', async () => {
  const from = (await machine()).host.id;
  await api('POST', `/vms/${id}/migrate`, {});
  await until('it has moved', async () => {
    const now = await machine();
    return now.status === 'up' && now.host.id !== from;
  }, 60_000);
  await connectedAnew();
  await api('POST', `/vms/${id}/stop`, {});
  await page.getByText('The console opens when the virtual machine runs').waitFor();
  await api('POST', `/vms/${id}/start`, {});
  await connectedAnew();
});

async function connectedAnew() {
  const word = `w${Math.random().toString(36).slice(2, 8)}`;
  await until('the line answers', async () => {
    if (!(await page.getByText('Disconnect', { exact: true }).isVisible())) return false;
    await line(page).click();
    await page.keyboard.type(word);
    await page.keyboard.press('Enter');
    return (await line(page).locator('.xterm-rows').innerText()).includes(word);
  }, 60_000);
}

for (const colorScheme of ['light', 'dark']) {
  test(`everybody can use it: no fault by WCAG AA, ${colorScheme}`, async () => {
    await page.emulateMedia({ colorScheme });
    await page.waitForTimeout(1000);
    await faultless(page, 'serial line');
  });
}

test('a screen that does not answer is tried again, and the page says why', async () => {
  await page.locator('#console-vnc').click();
  await page.getByText(/The console at .* does not answer/).waitFor();
  await page.getByText('Connecting…').waitFor();
  await faultless(page, 'failing screen');
  await page.locator('[data-action=disconnect]').click();
  await page.getByText('Not connected').waitFor();
});

test('it shows a picture of the screen, and a new one when asked', async () => {
  const picture = page.locator('[data-action=preview] img');
  await picture.waitFor();
  const before = await picture.getAttribute('src');
  assert.ok(await picture.evaluate((image) => image.decode().then(() => image.naturalWidth > 0)));
  await page.locator('[data-action=screenshot]').click();
  await until('there is a new one', async () => (await picture.getAttribute('src')) !== before);
});

test('a viewer outside gets its file', async () => {
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('[data-action=vv-vnc]').click()]);
  assert.equal(download.suggestedFilename(), `${NAME}.vv`);
  const file = readFileSync(await download.path(), 'utf8');
  assert.match(file, /^\[virt-viewer\]\ntype=vnc\nhost=.*\nport=\d+\npassword=\S+$/m);
  assert.deepEqual(problems, []);
});

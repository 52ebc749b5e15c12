// Every view that the page itself leads to: each is opened, light and dark, wide and narrow; nothing breaks, everybody
// can use it, and its picture is kept where PICTURES says. What is new in the menu or among the tabs is found, not listed here.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { faults } from './audit.mjs';
import { scene } from './scene.mjs';
import { browser, logIn, PAGE, until, window } from './support.mjs';

const { PICTURES } = process.env;
/** What each list's details are shown of; the first row where none is named. */
const SHOWN = { vms: 'db1', hosts: null, clusters: 'Default', dataCenters: 'Default', networks: 'ovirtmgmt', storage: 'fast', templates: 'Blank', disks: 'db1-data' };
const PHONE = { width: 390, height: 844 };
const DESK = { width: 1280, height: 800 };

let launched;
let page;
let problems;
const wrong = [];

before(async () => {
  if (PICTURES) mkdirSync(join(PICTURES, 'phone'), { recursive: true });
  launched = await browser();
  ({ page, problems } = await window(launched, { viewport: DESK }));
  // a colour on its way from light to dark is neither
  await page.addInitScript(() => {
    const still = () => document.head.append(Object.assign(document.createElement('style'), { textContent: '* { transition: none !important; animation: none !important }' }));
    if (document.head) still();
    else addEventListener('DOMContentLoaded', still);
  });
});

after(() => launched?.close());

/** Goes to a place of the page. */
async function go(token, name) {
  await page.goto(`${PAGE}#${token}${name ? `;name=${encodeURIComponent(name)}` : ''}`);
  await page.locator(`.overt-main[data-place="${token}"]`).waitFor();
  await settled();
}

/** Waits until nothing on the screen says that it loads. */
async function settled() {
  await page.waitForFunction(() => !document.querySelector('.pf-v6-c-spinner, .pf-v6-c-skeleton, [aria-busy=true]'));
  await page.evaluate(() => new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next))));
}

/** `within` which part something may be new, when the rest of the page is as it was. */
async function look(name, within) {
  await settled();
  for (const colorScheme of ['light', 'dark']) {
    await theme(colorScheme);
    // what differs in the dark are colours
    const found = await faults(page, { rules: colorScheme === 'dark' ? ['color-contrast'] : undefined, within });
    wrong.push(...found.map((fault) => `${name}, ${colorScheme}: ${fault}`));
    await picture(`${name}-${colorScheme}`);
  }
  await theme('light');
}

async function picture(name) {
  if (PICTURES) await page.screenshot({ path: join(PICTURES, `${name}.png`) });
}

async function theme(colorScheme) {
  await page.emulateMedia({ colorScheme });
  await page.waitForFunction((dark) => document.documentElement.classList.contains('pf-v6-theme-dark') === dark, colorScheme === 'dark');
}

/** What is beyond the right edge of a phone and cannot be scrolled to. */
async function narrow(name) {
  await page.setViewportSize(PHONE);
  await settled();
  const beyond = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  // the menu goes away a moment after the window has become small
  const fits = await until('it fits', async () => (await beyond()) <= 0, 2_000).catch(() => false);
  if (!fits) wrong.push(`${name}: ${await beyond()} pixels beyond the edge of a phone`);
  await picture(`phone/${name}`);
  await page.setViewportSize(DESK);
}

const menu = () => page.locator('.pf-v6-c-nav a[href^="#"]').evaluateAll((links) => links.map((link) => link.getAttribute('href').slice(1)));

test('a small site, made through the API', { timeout: 120_000 }, scene);

test('the way in', async () => {
  await page.goto(PAGE);
  await page.getByRole('button', { name: 'Log in' }).waitFor();
  await look('login');
  await logIn(page);
});

test('every list and place of the menu', { timeout: 400_000 }, async () => {
  for (const group of await page.locator('.pf-v6-c-nav__item.pf-m-expandable:not(.pf-m-expanded) > button').all()) await group.click();
  const places = await menu();
  assert.ok(places.length > 15, String(places));
  for (const place of places) {
    await go(place);
    await look(place);
    await narrow(place);
  }
});

test('every tab of one of each kind', { timeout: 400_000 }, async () => {
  for (const place of await menu()) {
    await go(place);
    const name = SHOWN[place] ?? (await firstName());
    if (!name) continue;
    await go(`${place}-general`, name);
    for (const token of await page.locator('.overt-detail [data-token]').evaluateAll((tabs) => tabs.map((tab) => tab.dataset.token))) {
      await go(token, name);
      await look(token, '.overt-detail');
    }
    await narrow(`${place}-general`);
  }
});

/** Of the first row, when the list's rows have places of their own. */
async function firstName() {
  const link = page.locator('.overt-table__row a[href^="#"]').first();
  return (await link.count()) === 0 ? null : (await link.innerText()).trim();
}

test('every dialog for something new', { timeout: 120_000 }, async () => {
  for (const place of await menu()) {
    await go(place);
    const button = page.locator('[data-action=new]').first();
    if ((await button.count()) === 0 || !(await button.isEnabled())) continue;
    await button.click();
    await page.getByRole('dialog').waitFor();
    await look(`${place}-new`, '[role=dialog]');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  }
});

test('what lies above the views: palette, events, tasks', async () => {
  await go('vms');
  await page.keyboard.press('Control+k');
  await page.waitForFunction(() => document.activeElement?.matches('[role=dialog] input'));
  await page.keyboard.type('db');
  await page.getByRole('dialog').getByText('db1').first().waitFor();
  await look('palette');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Events' }).first().click();
  await page.locator('.pf-v6-c-notification-drawer').waitFor();
  await look('event-drawer');
});

test('nothing was wrong with any of them', () => {
  assert.deepEqual([...new Set(wrong), ...problems], []);
});

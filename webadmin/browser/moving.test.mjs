// A real guest moves to another host, started in the page and watched there. OVERT_VM names it; it is up.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { api, browser, logIn, PAGE, until, window } from './support.mjs';

const NAME = process.env.OVERT_VM;
const MOVE_MILLIS = 120_000;
let launched;
let page;
let problems;

before(async () => {
  launched = await browser();
  ({ page, problems } = await window(launched));
  await logIn(page);
});

after(() => launched?.close());

const machine = async () => (await api('GET', `/vms?search=name=${NAME}`)).vm[0];

test('it is migrated, and the page shows how far it is', async () => {
  const from = (await machine()).host.id;
  await page.goto(`${PAGE}#vms;search=name%3D${NAME}`);
  await page.getByRole('button', { name: /^Tasks/ }).click();
  await page.locator('.overt-table__row', { hasText: NAME }).click();
  await page.locator('[data-action=more]').click();
  const action = page.locator('[data-action=migrate]').last();
  await action.click();
  await page.getByRole('dialog').locator('[data-action=submit]').click();
  const job = page.locator('.overt-tasks__list li[data-job]', { hasText: /Migrating/ }).first();
  await job.waitFor();
  const seen = [];
  await until(
    'it is there',
    async () => {
      const bar = job.getByRole('progressbar');
      if (await bar.count()) seen.push(Number(await bar.first().getAttribute('aria-valuenow').catch(() => 0)));
      const now = await machine();
      return now.status === 'up' && now.host.id !== from;
    },
    MOVE_MILLIS,
  );
  assert.ok(seen.some((value) => value > 0), `progress ${seen}`);
  await page.waitForFunction(() => document.querySelector('.overt-tasks__list li[data-job]')?.dataset.status === 'finished');
  assert.deepEqual(problems, []);
});

// The screen of a real guest, drawn in the page. OVERT_VM names one that runs.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { browser, logIn, PAGE, until, window } from './support.mjs';

const DRAWN_MILLIS = 60_000;
let launched;
let page;
let problems;

before(async () => {
  launched = await browser();
  ({ page, problems } = await window(launched));
  await logIn(page);
});

after(() => launched?.close());

test('its screen is drawn in the browser', async () => {
  await page.goto(`${PAGE}#vms-console;name=${process.env.OVERT_VM}`);
  const canvas = page.locator('.ov-console__display canvas');
  const connect = page.locator('[data-action=connect]');
  // its host reports a display some moments after it was started
  await until(
    'the console is open',
    async () => {
      if (await canvas.isVisible()) return true;
      if (await connect.isEnabled({ timeout: 500 }).catch(() => false)) await connect.click();
      await page.waitForTimeout(1000);
      return canvas.isVisible();
    },
    DRAWN_MILLIS,
  ).catch(async (late) => assert.fail(`${late.message}; the page says: ${await page.locator('.ov-console').innerText()}; ${await page.locator('.ov-console__display').innerHTML().catch(() => 'no display')}; ${problems}`));
  const drawn = await until('something is on the screen', () => canvas.evaluate(lit), DRAWN_MILLIS);
  assert.ok(drawn.lit > 100, JSON.stringify(drawn));
  assert.deepEqual(problems, []);
  if (process.env.OVERT_SCREENSHOTS) await page.screenshot({ path: `${process.env.OVERT_SCREENSHOTS}/console.png` });
});

/** How many pixels are not black; null while there are hardly any. */
function lit(canvas) {
  if (canvas.width < 300 || canvas.height < 200) return null;
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  let count = 0;
  for (let at = 0; at < data.length; at += 4) if (data[at] + data[at + 1] + data[at + 2] > 96) count++;
  return count > 100 ? { width: canvas.width, height: canvas.height, lit: count } : null;
}

// The screen and the serial line of a real guest in the page. OVERT_VM names one that runs.
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

test('a picture of its screen leads to the screen, which is drawn in the browser', async () => {
  await page.goto(`${PAGE}#vms-console;name=${process.env.OVERT_VM}`);
  const picture = page.locator('[data-action=preview] img');
  await picture.waitFor();
  await picture.evaluate((image) => image.decode());
  assert.deepEqual(await picture.evaluate((image) => [image.naturalWidth, image.naturalHeight]), [720, 400]);
  await keep('preview');
  await picture.click();
  const canvas = page.locator('.ov-console__display canvas');
  await canvas
    .waitFor({ timeout: DRAWN_MILLIS })
    .catch(async (late) => assert.fail(`${late.message}; the page says: ${await page.locator('.ov-console').innerText()}; ${problems}`));
  const drawn = await until('something is on the screen', () => canvas.evaluate(lit), DRAWN_MILLIS);
  assert.ok(drawn.lit > 100, JSON.stringify(drawn));
  await keep('console');
});

test('text is typed on its keyboard', async () => {
  const canvas = page.locator('.ov-console__display canvas');
  await page.locator('[data-action=type]').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox').fill('printf "\\033[47m\\033[2J"\n');
  await dialog.getByRole('button', { name: 'Type it' }).click();
  // the shell on its screen paints all of it
  await until('the screen is bright', async () => (await canvas.evaluate(lit))?.lit > 0.8 * 720 * 400, DRAWN_MILLIS);
});

test('its serial line shows what the guest says, and the guest hears what is typed', async () => {
  await page.locator('#console-serial').click();
  const line = page.locator('.ov-console__display--serial');
  const says = (text) => until(`the line says ${text}`, async () => (await line.locator('.xterm-rows').innerText()).includes(text), DRAWN_MILLIS);
  await says('HEARTBEAT');
  await line.click();
  await page.keyboard.press('Enter');
  await says('#');
  await page.keyboard.type('echo $((6 * 7))-plums');
  await page.keyboard.press('Enter');
  await says('42-plums');
  await keep('serial');
  assert.deepEqual(problems, []);
});

async function keep(name) {
  if (process.env.OVERT_SCREENSHOTS) await page.screenshot({ path: `${process.env.OVERT_SCREENSHOTS}/${name}.png` });
}

/** How many pixels are not black; null while there are hardly any. */
function lit(canvas) {
  if (canvas.width < 300 || canvas.height < 200) return null;
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  let count = 0;
  for (let at = 0; at < data.length; at += 4) if (data[at] + data[at + 1] + data[at + 2] > 96) count++;
  return count > 100 ? { width: canvas.width, height: canvas.height, lit: count } : null;
}

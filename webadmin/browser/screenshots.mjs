// Pictures of the views, light and dark, for docs/screenshots: node browser/screenshots.mjs DIRECTORY
import { browser, logIn, PAGE, window } from './support.mjs';

const VIEWS = {
  dashboard: '#dashboard',
  machines: '#vms',
  machine: '#vms-general;name=web1',
  monitor: '#vms-monitor;name=mover',
  placement: '#vms-placement;name=mover',
  hosts: '#hosts',
  clusters: '#clusters',
  policies: '#schedulingPolicies',
  networks: '#networks',
  topology: '#topology',
  storage: '#storage',
  events: '#events',
};
const directory = process.argv[2];
const launched = await browser();
for (const colorScheme of ['light', 'dark']) {
  const { page, context } = await window(launched, { colorScheme });
  await logIn(page);
  for (const [name, place] of Object.entries(VIEWS)) {
    await page.goto(PAGE + place);
    await page.waitForTimeout(1200);
    await page.screenshot({ path: `${directory}/${name}-${colorScheme}.png` });
  }
  await page.goto(`${PAGE}#schedulingPolicies`);
  await page.locator('[data-action=new]').click();
  await page.getByRole('dialog').locator('[data-column]').first().waitFor();
  await page.waitForTimeout(500);
  await page.screenshot({ path: `${directory}/policy-${colorScheme}.png` });
  await context.close();
}
await launched.close();

// What every browser test needs: a browser, somebody logged in, and the API beside it.
import { readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';

/** `https://localhost:8443/ovirt-engine` */
export const ENGINE = process.env.OVERT_URL;
export const PAGE = `${ENGINE}/webadmin/`;
const PASSWORD = readFileSync(process.env.OVERT_PASSWORD_FILE, 'utf8').trim();
export const ADMINISTRATOR = { user: 'admin@internal', password: PASSWORD };

// The engine's certificate is of an authority of its own, which the tests of other clients verify.
process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
process.removeAllListeners('warning');

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A browser; closed by what `after` is given, or by whoever asked for it. */
export async function browser(after = () => {}) {
  const launched = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', headless: true, args: FLAGS });
  after(() => launched.close());
  return launched;
}

/** A new window in English, with what went wrong in it collected. */
export async function window(launched, options = {}) {
  const context = await launched.newContext({ ignoreHTTPSErrors: true, locale: 'en-US', viewport: { width: 1280, height: 800 }, ...options });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  const problems = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' && /Content Security Policy|Uncaught/.test(message.text())) problems.push(message.text());
  });
  return { context, page, problems };
}

/** Logs in by the page's own door. */
export async function logIn(page, { user, password } = ADMINISTRATOR, place = '') {
  await page.goto(PAGE + place);
  await page.getByLabel(/^User/).first().fill(user);
  await page.getByLabel(/^Password/).first().fill(password);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.locator('.overt-page').waitFor();
}

/** The API, as any other client of it. */
export async function api(method, path, body) {
  const response = await fetch(path.startsWith('/overt') ? new URL(path, ENGINE) : `${ENGINE}/api${path}`, {
    method,
    headers: {
      Accept: 'application/json',
      'Content-Type': 'application/json',
      Authorization: `Basic ${Buffer.from(`${ADMINISTRATOR.user}:${ADMINISTRATOR.password}`).toString('base64')}`,
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  const answer = text ? JSON.parse(text) : {};
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return answer;
}

/** Asks again until it is so, for at most as long as said. */
export async function until(what, ask, millis = 20_000) {
  const end = Date.now() + millis;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`not within ${millis} ms: ${what}`);
    await new Promise((go) => setTimeout(go, 100));
  }
}

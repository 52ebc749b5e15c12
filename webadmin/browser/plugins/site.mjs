// The page that the tests of plugins look at: of a running engine (OVERT_URL, with OVERT_UI_PLUGINS and
// OVERT_UI_PLUGINS_CONFIGURATION, the directories that it reads descriptors and configurations from), or the harness.
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readdir, rm, symlink, unlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FIXTURES = fileURLToPath(new URL('fixtures', import.meta.url));
const REAL = process.env.OVERT_URL !== undefined;

export async function site(after) {
  const scratch = await mkdtemp(join(tmpdir(), 'overt-plugins-'));
  after(() => rm(scratch, { recursive: true, force: true }));
  const plugins = process.env.OVERT_UI_PLUGINS ?? join(scratch, 'ui-plugins');
  const configurations = process.env.OVERT_UI_PLUGINS_CONFIGURATION ?? join(scratch, 'etc');
  await mkdir(plugins, { recursive: true });
  await mkdir(configurations, { recursive: true });
  if (!REAL) {
    const { serve } = await import('./harness/serve.mjs');
    const served = await serve(plugins, configurations, scratch);
    after(() => served.close());
    process.env.OVERT_URL = `http://localhost:${served.port}/ovirt-engine`;
    process.env.OVERT_PASSWORD_FILE = join(scratch, 'password');
    await writeFile(process.env.OVERT_PASSWORD_FILE, 'none');
  }
  const support = await import('../support.mjs');
  const launched = await support.browser();
  after(() => launched.close());
  // of the one login that all windows share
  let cookies = null;
  // others open the page after this test
  if (REAL) after(() => install([]));

  /** Exactly these plugins of the fixtures, with configurations by name, by symbolic links as installations use them. */
  async function install(names, own = {}, descriptors = {}) {
    await removeLinks(plugins);
    await removeLinks(configurations);
    for (const [name, descriptor] of Object.entries(descriptors)) {
      await writeFile(join(plugins, `${name}.json`), JSON.stringify({ name, ...descriptor }));
    }
    for (const name of names) {
      await symlink(join(FIXTURES, `${name}.json`), join(plugins, `${name}.json`));
      const files = join(FIXTURES, `${name}-files`);
      if (existsSync(files)) await symlink(files, join(plugins, `${name}-files`));
      const configuration = join(FIXTURES, `${name}-config.json`);
      if (existsSync(configuration)) await copyFile(configuration, join(configurations, `${name}-config.json`));
    }
    for (const [name, configuration] of Object.entries(own)) {
      await writeFile(join(configurations, `${name}-config.json`), JSON.stringify(configuration));
    }
  }

  /** A window with the page as somebody who is logged in sees it. */
  async function open(place = '#vms', { query = '', tab = {} } = {}) {
    const { context, page, problems } = await support.window(launched, cookies ? { storageState: { cookies, origins: [] } } : {});
    context.setDefaultTimeout(REAL ? 20_000 : 5_000);
    // what an earlier page left in this tab
    await context.addInitScript((left) => {
      if (window === top && !sessionStorage.getItem('-opened')) Object.assign(sessionStorage, left, { '-opened': 'yes' });
    }, tab);
    // no test asks the world: what is elsewhere answers with a word
    await context.route((url) => !['localhost', '127.0.0.1'].includes(url.hostname), (route) =>
      route.fulfill({ contentType: 'text/html', body: '<p>elsewhere</p>' }),
    );
    if (REAL && cookies === null) {
      await support.logIn(page, support.ADMINISTRATOR, query + place);
      cookies = await context.cookies();
    } else {
      await page.goto(support.PAGE + query + place);
      // the page may be waiting for plugins
      await page.locator('.overt-page').waitFor({ timeout: 15_000 });
    }
    return { context, page, problems };
  }

  return { install, open, support, plugins, configurations, real: REAL, ...(REAL ? await machines(support) : HARNESS_MACHINES) };
}

const HARNESS_MACHINES = { up: 'web1', down: 'web2' };

/** Two machines of this test in the engine, one of them running. */
async function machines({ api, until }) {
  const make = async (name) => {
    const { id } = await api('POST', '/vms', {
      name, memory: 134217728, cluster: { name: 'Default' }, template: { name: 'Blank' }, os: { kernel: '/boot/vmlinuz' },
    });
    await until(`${name} is made`, async () => (await api('GET', `/vms/${id}`)).status === 'down');
    return id;
  };
  const up = `plugins-up-${process.pid}`;
  const down = `plugins-down-${process.pid}`;
  const id = await make(up);
  await make(down);
  await api('POST', `/vms/${id}/start`, {});
  await until(`${up} runs`, async () => (await api('GET', `/vms/${id}`)).status === 'up');
  return { up, down };
}

async function removeLinks(directory) {
  for (const file of await readdir(directory)) {
    const path = join(directory, file);
    await unlink(path);
  }
}

/** The window of a plugin's own page. */
export async function frameOf(page, plugin) {
  const element = await page.waitForSelector(`iframe[data-plugin="${plugin}"]`, { state: 'attached' });
  return element.contentFrame();
}

/** Until the plugin is in this state. */
export const inState = (page, plugin, state = 'IN_USE') =>
  page.waitForSelector(`iframe[data-plugin="${plugin}"][data-state="${state}"]`, { state: 'attached' });

/** What a fixture wrote down. */
export const seen = async (page, plugin) => (await frameOf(page, plugin)).evaluate('seen');

export const row = (page, name) => page.locator('.overt-table__row', { hasText: name });

export async function choose(page, ...names) {
  for (const [index, name] of names.entries()) await row(page, name).click({ modifiers: index > 0 ? ['Control'] : [] });
}

export const button = (page, name) => page.locator('.overt-toolbar').getByRole('button', { name, exact: true });

export const link = (page, name) => page.getByRole('navigation').getByRole('link', { name, exact: true });

/** Opens a tab of a detail page, also when it is among those that there is no room for. */
export async function openTab(page, name) {
  const tab = page.getByRole('tab', { name, exact: true });
  const more = page.locator('.pf-v6-c-tabs__item.pf-m-overflow button');
  await tab.or(more).first().waitFor();
  if (await tab.count()) return tab.click();
  await more.click();
  await page.getByRole('menuitem', { name, exact: true }).or(page.getByRole('tab', { name, exact: true })).first().click();
}

/** A server of another origin than the page's: with one page and other files by their paths, or with what is answered. */
export async function elsewhere(after, html, files = {}) {
  const server = createServer((request, response) => {
    const file = files[request.url];
    const { type, body } =
      typeof html === 'function' ? html(request) : { type: file === undefined ? 'text/html' : 'text/javascript', body: file ?? html };
    response.setHeader('Content-Type', type);
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.end(body);
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  after(() => server.close());
  return `http://127.0.0.1:${server.address().port}`;
}

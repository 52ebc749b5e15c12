import { afterEach, expect, test } from 'vitest';
import { started, turns, use, type Api, type Started } from '../testing';

let s: Started;

async function inUse(handlers: Record<string, unknown> = {}): Promise<Api> {
  s = started();
  await use(s.api('p'), handlers);
  return s.api('p');
}

const places = () => s.host.places.getSnapshot();
const buttons = () => s.host.buttons.getSnapshot();
const dialogs = () => s.host.dialogs.getSnapshot();
const noted = () => s.host.report('p')!.log.map((entry) => entry.message);

afterEach(() => s.host.stop());

test('all functions of all generations are there', async () => {
  const api = await inUse();
  const names = (
    'register options ready configObject addMainTab addPrimaryMenuPlace addPrimaryMenuContainer addSecondaryMenuPlace ' +
    'addSubTab addDetailPlace setTabContentUrl setPlaceContentUrl setTabAccessible setPlaceAccessible ' +
    'setPlaceUnloadHandler addMainTabActionButton addMenuPlaceActionButton addSubTabActionButton ' +
    'addDetailPlaceActionButton showDialog setDialogContentUrl closeDialog loginUserName loginUserId showAlert showToast ' +
    'revealPlace setSearchString ssoToken engineBaseUrl currentLocale currentPlace rootTag logger reportFatalError'
  ).split(' ');
  expect(names.filter((name) => typeof api[name] !== 'function')).toEqual([]);
  expect(api.currentTimeZone).toBeUndefined();
});

test.each(['addMainTab', 'addPrimaryMenuPlace'])('%s adds a place to the menu', async (name) => {
  const api = await inUse();
  api[name]!('Foo', 'foo', 'plugin/p/foo.html', { priority: -1, defaultPlace: true, icon: 'fa-cog', searchPrefix: 'Foo' });
  expect(places()).toMatchObject([
    {
      token: 'foo',
      label: 'Foo',
      where: { kind: 'menu' },
      url: 'https://engine/ovirt-engine/webadmin/plugin/p/foo.html',
      options: { priority: -1, defaultPlace: true, icon: 'fa-cog', searchPrefix: 'Foo', alignRight: false },
    },
  ]);
  expect(s.host.landingPlace()).toBe('foo');
});

test('a place is the landing place only when it says so', async () => {
  const api = await inUse();
  api.addPrimaryMenuPlace!('Foo', 'foo', '');
  expect(s.host.landingPlace()).toBeNull();
});

test('options of a wrong type count as left out', async () => {
  const api = await inUse();
  api.addMainTab!('Foo', 'foo', '', { priority: '1', alignRight: 'yes', icon: 7, defaultPlace: null });
  expect(places()[0]!.options).toEqual({
    alignRight: false,
    priority: null,
    searchPrefix: null,
    defaultPlace: false,
    icon: null,
  });
});

test.each([
  ['http://foo.com/', 'http://foo.com/'],
  ['', 'about:blank'],
  [undefined, 'about:blank'],
  ['/foreman/x', 'https://engine/foreman/x'],
  ['//cdn.example/x', 'https://cdn.example/x'],
  ['javascript:alert(1)', 'about:blank'],
  ['http://[', 'about:blank'],
])('the address %s means %s', async (given, url) => {
  const api = await inUse();
  api.addMainTab!('Foo', 'foo', given);
  expect(places()[0]!.url).toBe(url);
});

test('containers and secondary places', async () => {
  const api = await inUse();
  api.addPrimaryMenuContainer!('Group', 'group', { priority: 2, icon: 'fa-cubes' });
  api.addSecondaryMenuPlace!('group', 'Inside', 'inside', '');
  api.addSecondaryMenuPlace!('compute', 'Compute', 'in-compute', '');
  expect(s.host.containers.getSnapshot()).toEqual([{ plugin: 'p', id: 'group', label: 'Group', priority: 2, icon: 'fa-cubes' }]);
  expect(places().map((place) => place.where)).toEqual([
    { kind: 'container', menuId: 'group' },
    { kind: 'container', menuId: 'compute' },
  ]);
});

test.each(['addSubTab', 'addDetailPlace'])('%s adds a tab, and none to entities without details', async (name) => {
  const api = await inUse();
  for (const entity of ['VirtualMachine', 'Pools', 'Event', 'Errata', 42]) api[name]!(entity, 'Tab', `tab-${entity}`, '');
  expect(places().map((place) => place.where)).toEqual([{ kind: 'detail', entity: 'VirtualMachine' }]);
  expect(noted()).toContainEqual(expect.stringContaining('Pools'));
});

test("a token of the page or of another place is not taken", async () => {
  const api = await inUse();
  api.addMainTab!('Foo', 'vms', '');
  api.addMainTab!('Foo', 'foo', '');
  api.addMainTab!('Other', 'foo', '');
  expect(places().map((place) => place.label)).toEqual(['Foo']);
});

test.each([
  ['setTabContentUrl', 'setTabAccessible'],
  ['setPlaceContentUrl', 'setPlaceAccessible'],
])('%s and %s work in the next turn, also right after the place was added', async (setUrl, setAccessible) => {
  const api = await inUse();
  api.addSubTab!('Host', 'Tab', 'tab', '');
  api[setAccessible]!('tab', false);
  api[setUrl]!('tab', 'http://one.example/');
  expect(places()[0]).toMatchObject({ accessible: true, url: 'about:blank', revision: 0 });
  await turns();
  expect(places()[0]).toMatchObject({ accessible: false, url: 'http://one.example/', revision: 1 });
  expect(s.host.place('tab')).toBeUndefined();
  api[setUrl]!('tab', 'http://one.example/');
  await turns();
  expect(places()[0]!.revision).toBe(2);
});

test('a place that the user is at stays for a moment when it is hidden, and is not to be reached afterwards', async () => {
  const api = await inUse();
  api.addSubTab!('Host', 'Tab', 'tab', '');
  const left = s.host.revealed('tab');
  api.setTabAccessible!('tab', false);
  await turns();
  expect(s.host.place('tab')).toMatchObject({ accessible: false, lingering: true });
  api.setTabAccessible!('tab', true);
  await turns();
  expect(s.host.place('tab')).toMatchObject({ accessible: true, lingering: false });
  api.setTabAccessible!('tab', false);
  await turns();
  left();
  expect(s.host.place('tab')).toBeUndefined();
});

test('a hidden landing place is none', async () => {
  const api = await inUse();
  api.addMainTab!('Foo', 'foo', '', { defaultPlace: true });
  api.setTabAccessible!('foo', false);
  await turns();
  expect(s.host.landingPlace()).toBeNull();
});

test('the unload handler is called when the user leaves the place, the last one set', async () => {
  const api = await inUse();
  const seen: unknown[] = [];
  api.addPrimaryMenuPlace!('Foo', 'foo', '');
  const left = s.host.revealed('foo');
  api.setPlaceUnloadHandler!('foo', () => seen.push('first'));
  api.setPlaceUnloadHandler!('foo', (...args: unknown[]) => seen.push(args));
  await turns();
  expect(seen).toEqual([]);
  left();
  left();
  expect(seen).toEqual([[]]);
});

test.each(['addMainTabActionButton', 'addMenuPlaceActionButton'])('%s adds a button to a list', async (name) => {
  const api = await inUse();
  api[name]!('Host', 'Do', { location: 'OnlyFromContext', index: -3, moreMenu: true, id: 'DoIt' });
  api[name]!('Host', 'Plain', undefined);
  api[name]!('Nothing', 'Nowhere', {});
  expect(buttons()).toMatchObject([
    { entity: 'Host', detail: null, label: 'Do', location: 'OnlyFromContext', index: 0, moreMenu: true, id: 'DoIt' },
    { label: 'Plain', location: 'ContextAndToolBar', index: null, moreMenu: false, id: null },
  ]);
});

test.each(['addSubTabActionButton', 'addDetailPlaceActionButton'])('%s adds a button to a detail tab', async (name) => {
  const api = await inUse();
  api[name]!('VirtualMachine', 'HostDevice', 'Do', {});
  api[name]!('VirtualMachine', 'IscsiBond', 'Nowhere', {});
  expect(buttons()).toMatchObject([{ entity: 'VirtualMachine', detail: 'HostDevice', label: 'Do' }]);
});

test('a dialog opens at once and closes in the next turn', async () => {
  const api = await inUse();
  const clicks: unknown[][] = [];
  api.showDialog!('Title', 'd', 'plugin/p/d.html', '340px', 560, {
    buttons: [{ label: 'OK', onClick: (...args: unknown[]) => clicks.push(args) }, null, { label: 7 }],
    closeIconVisible: false,
    closeOnEscKey: false,
    resizeEnabled: true,
  });
  expect(dialogs()).toMatchObject([
    { title: 'Title', width: '340px', height: '560px', closeIconVisible: false, closeOnEscKey: false, resizeEnabled: true },
  ]);
  expect(dialogs()[0]!.buttons.map((button) => button.label)).toEqual(['OK', '']);
  s.host.pressInDialog(dialogs()[0]!, 0);
  s.host.pressInDialog(dialogs()[0]!, 1);
  expect(clicks).toEqual([[]]);
  api.setDialogContentUrl!('d', 'http://other.example/');
  await turns();
  expect(dialogs()[0]).toMatchObject({ url: 'http://other.example/', revision: 1 });
  api.closeDialog!('d');
  expect(dialogs()).toHaveLength(1);
  await turns();
  expect(dialogs()).toEqual([]);
});

test('a dialog without a token, and one as before the first release', async () => {
  const api = await inUse();
  api.showDialog!('One', null, 'http://one.example/', '10px', '20px');
  api.showDialog!('Two', 'http://two.example/', 450, 500);
  expect(dialogs()).toMatchObject([
    { token: null, url: 'http://one.example/' },
    { token: null, url: 'http://two.example/', width: '450px', height: '500px' },
  ]);
  expect(dialogs()[0]).toMatchObject({ closeIconVisible: true, closeOnEscKey: true, resizeEnabled: false, buttons: [] });
});

test('an exception in a callback of a dialog or button does not fail the plugin', async () => {
  const api = await inUse();
  const boom = () => {
    throw new Error('boom');
  };
  api.showDialog!('Title', 'd', '', 1, 1, { buttons: [{ label: 'x', onClick: boom }] });
  api.addMainTabActionButton!('Host', 'x', { onClick: boom, isEnabled: boom, isAccessible: boom });
  s.host.pressInDialog(dialogs()[0]!, 0);
  s.host.press(buttons()[0]!, [], { id: '' });
  expect(s.host.buttonStates('Host', null, [], { id: '' }, 1)).toMatchObject([{ enabled: true, visible: true }]);
  expect(s.host.report('p')!.state).toBe('IN_USE');
});

test('alerts and toasts: types in any case, unknown ones are info', async () => {
  const api = await inUse();
  api.showAlert!('WARNING', 'one', { autoHideMs: 500 });
  api.showAlert!('whatever', 'two', { autoHideMs: -1 });
  api.showToast!('success', '<b>three</b>');
  expect(s.page.said).toEqual([]);
  await turns();
  expect(s.page.said).toEqual([
    ['alert', 'warning', 'one', 500],
    ['alert', 'info', 'two', 0],
    ['toast', 'success', '<b>three</b>'],
  ]);
});

test('going elsewhere', async () => {
  const api = await inUse();
  api.revealPlace!('hosts');
  api.setSearchString!('Vms: status = up');
  await turns();
  expect(s.page.said).toEqual([
    ['navigate', 'hosts'],
    ['setSearch', 'Vms: status = up'],
  ]);
});

test('the logger writes to the engine', async () => {
  const api = await inUse();
  const logger = api.logger!();
  logger.info('one');
  logger.warning('two');
  logger.severe('three');
  api.reportFatalError!('four');
  expect(s.page.said).toEqual([
    ['log', 'p', 'info', 'one'],
    ['log', 'p', 'warning', 'two'],
    ['log', 'p', 'severe', 'three'],
    ['fatalError', 'p', 'four'],
  ]);
});

test('the tags are a copy', async () => {
  const api = await inUse();
  api.rootTag!().children.push('x');
  expect(s.page.tags.children).toEqual([]);
});

test('a flood of notices is cut off and noted', async () => {
  const api = await inUse();
  for (let i = 0; i < 1000; i++) api.showToast!('info', `toast ${i}`);
  await turns();
  expect(s.page.heard('toast').length).toBeLessThan(25);
  expect(noted()).toContainEqual(expect.stringContaining('too many calls'));
});

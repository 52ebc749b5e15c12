import { afterEach, expect, test, vi } from 'vitest';
import { NOT_READY_MS } from './lifecycle';
import { started, turns, use, type Started } from './testing';

let last: Started | null = null;
const start = (...definitions: object[]): Started => (last = started(...definitions));

afterEach(() => {
  last?.host.stop();
  vi.useRealTimers();
  localStorage.clear();
  sessionStorage.clear();
});

const stateOf = ({ host }: Started, name = 'p') => host.report(name)?.state;

test('a plugin is loaded into a hidden iframe below the body', () => {
  const s = start({ name: 'p', url: 'plugin/p/start.html' });
  const iframe = document.querySelector<HTMLIFrameElement>('body > iframe[data-plugin=p]')!;
  expect(iframe.src).toBe('https://engine/ovirt-engine/webadmin/plugin/p/start.html');
  expect(iframe.style.width).toBe('0px');
  expect(stateOf(s)).toBe('LOADING');
});

test('a disabled plugin is defined and not loaded', () => {
  const s = start({ name: 'p', enabled: false });
  expect(stateOf(s)).toBe('DEFINED');
  expect(document.querySelector('iframe[data-plugin=p]')).toBeNull();
});

test('UiInit comes after ready has returned, and then the plugin is in use', async () => {
  const s = start();
  const api = s.api('p');
  const seen: string[] = [];
  api.register!({ UiInit: () => seen.push('init') });
  api.ready!();
  seen.push('after ready');
  expect(stateOf(s)).toBe('READY');
  await turns();
  expect(seen).toEqual(['after ready', 'init']);
  await turns();
  expect(stateOf(s)).toBe('IN_USE');
});

test('events come in order: UiInit, UserLogin, RestApiSessionAcquired, selection, UserLogout', async () => {
  const s = start();
  const seen: unknown[] = [];
  const handler = (name: string) => (...args: unknown[]) => seen.push([name, ...args]);
  await use(s.api('p'), {
    UiInit: handler('UiInit'),
    UserLogin: handler('UserLogin'),
    RestApiSessionAcquired: handler('RestApiSessionAcquired'),
    HostSelectionChange: () => seen.push(['HostSelectionChange']),
    UserLogout: handler('UserLogout'),
  });
  s.host.select('Host', [{ id: '1' }]);
  s.host.stop();
  expect(seen).toEqual([
    ['UiInit'],
    ['UserLogin', 'admin@internal', 'user-1'],
    ['RestApiSessionAcquired', 'session-1'],
    ['HostSelectionChange'],
    ['UserLogout'],
  ]);
});

test('register counts once', async () => {
  const s = start();
  const seen: number[] = [];
  s.api('p').register!({ UiInit: () => seen.push(1) });
  await use(s.api('p'), { UiInit: () => seen.push(2) });
  expect(seen).toEqual([1]);
});

test('ready before register is ignored, and a later ready works', async () => {
  const s = start();
  s.api('p').ready!();
  expect(stateOf(s)).toBe('LOADING');
  await use(s.api('p'), {});
  expect(stateOf(s)).toBe('IN_USE');
});

test('calls while loading do nothing, information excepted', () => {
  const api = start({ name: 'p', config: { band: 'ZZ Top' } }).api('p');
  api.addMainTab!('Foo Tab', 'foo-tab', 'http://foo.example/');
  expect(last!.host.places.getSnapshot()).toEqual([]);
  expect(api.loginUserName!()).toBe('admin@internal');
  expect(api.loginUserId!()).toBe('user-1');
  expect(api.ssoToken!()).toBe('token-1');
  expect(api.engineBaseUrl!()).toBe('https://engine/ovirt-engine/');
  expect(api.currentLocale!()).toBe('en-US');
  expect(api.currentPlace!()).toBe('vms');
  expect(api.configObject!()).toEqual({ band: 'ZZ Top' });
});

test('what is asked of the page between ready and UiInit happens right after UiInit', async () => {
  const s = start();
  const api = s.api('p');
  api.register!({ UiInit: () => api.addMainTab!('First', 'first', '') });
  api.ready!();
  api.addMainTab!('Second', 'second', '');
  await turns();
  expect(s.host.places.getSnapshot().map((place) => place.label)).toEqual(['First', 'Second']);
});

test('an exception in UiInit removes the plugin with all it added, and no other', async () => {
  const s = start({ name: 'bad' }, { name: 'good' });
  const bad = s.api('bad');
  await use(s.api('good'), { UiInit: () => s.api('good').addMainTab!('Good', 'good', '') });
  await use(bad, {
    UiInit() {
      bad.addMainTab!('Bad', 'bad-tab', '');
      bad.addPrimaryMenuContainer!('Bad', 'bad-menu');
      bad.addMainTabActionButton!('Host', 'Bad', {});
      bad.showDialog!('Bad', 'bad-dialog', '', '1px', '1px');
      throw new Error('boom');
    },
  });
  await turns();
  expect(stateOf(s, 'bad')).toBe('FAILED');
  expect(document.querySelector('iframe[data-plugin=bad]')).toBeNull();
  expect(s.host.places.getSnapshot().map((place) => place.plugin)).toEqual(['good']);
  for (const registry of [s.host.containers, s.host.buttons, s.host.dialogs]) expect(registry.getSnapshot()).toEqual([]);
  expect(s.page.heard('toast')).toEqual([['danger', expect.stringContaining('boom')]]);
  bad.addMainTab!('Again', 'again', '');
  expect(s.host.places.getSnapshot()).toHaveLength(1);
});

test('an exception in any later event fails the plugin too', async () => {
  const s = start();
  await use(s.api('p'), {
    VirtualMachineSelectionChange() {
      throw new Error('boom');
    },
  });
  s.host.select('VirtualMachine', []);
  expect(stateOf(s)).toBe('FAILED');
});

test('a plugin that says nothing for 15 s is remarked upon, and can still get ready', async () => {
  vi.useFakeTimers();
  const s = start();
  vi.advanceTimersByTime(NOT_READY_MS + 1);
  expect(s.host.report('p')?.log.map((entry) => entry.message)).toContainEqual(expect.stringContaining('not ready after 15 s'));
  vi.useRealTimers();
  await use(s.api('p'), {});
  expect(stateOf(s)).toBe('IN_USE');
});

test('pluginApi works with and without new, and its prototype can be extended', () => {
  const s = start();
  const factory = (window as any).pluginApi;
  expect(new factory('p').pluginName).toBe('p');
  expect(factory('p').pluginName).toBe('p');
  factory.fn.mine = function (this: { pluginName: string }) {
    return `mine of ${this.pluginName}`;
  };
  expect((s.api('p') as any).mine()).toBe('mine of p');
  expect(factory('nobody').configObject()).toBeNull();
  expect(factory('nobody').ready()).toBeUndefined();
});

test('a plugin can be loaded anew, and disabled in this browser', async () => {
  const s = start();
  await use(s.api('p'), { UiInit: () => s.api('p').addMainTab!('Foo', 'foo', '') });
  s.host.disable('p');
  expect(s.host.places.getSnapshot()).toEqual([]);
  expect(stateOf(s)).toBe('DEFINED');
  const again = start();
  expect(stateOf(again)).toBe('DEFINED');
  again.host.reload('p');
  expect(stateOf(again)).toBe('LOADING');
  await use(again.api('p'), { UiInit: () => again.api('p').addMainTab!('Foo', 'foo', '') });
  expect(again.host.places.getSnapshot()).toHaveLength(1);
});

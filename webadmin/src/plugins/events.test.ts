import { afterEach, expect, test, vi } from 'vitest';
import { PRELOAD_DEADLINE_MS } from './lifecycle';
import { definitionsOf } from './definition';
import { started, turns, use, type Started } from './testing';

let s: Started;

afterEach(() => {
  s.host.stop();
  vi.useRealTimers();
  sessionStorage.clear();
  localStorage.clear();
});

const post = (data: unknown, origin: string) => window.dispatchEvent(new MessageEvent('message', { data, origin }));

test('selections are not kept for plugins that are not in use yet', async () => {
  s = started();
  const seen: unknown[] = [];
  s.host.select('Host', [{ id: '1' }]);
  s.host.select('Host', []);
  await use(s.api('p'), { HostSelectionChange: () => seen.push('host') });
  expect(seen).toEqual([]);
  s.host.select('Host', [{ id: '2' }]);
  s.host.select('VnicProfile', []);
  expect(seen).toEqual(['host']);
});

test('the same selection again is no change', async () => {
  s = started();
  const seen: unknown[] = [];
  await use(s.api('p'), {
    HostSelectionChange: (hosts: unknown[]) => seen.push(hosts.length),
    SystemTreeSelectionChange: (node: { type: string }) => seen.push(node.type),
  });
  for (const host of [{ id: '1', name: 'a' }, { id: '1', name: 'a' }, { id: '1', name: 'b' }]) s.host.select('Host', [host]);
  s.host.select('Host', []);
  expect(seen).toEqual(['System', 'Host', 1, 'Host', 1, 'System', 0]);
});

test('the selection of a detail tab and tags have events of their own', async () => {
  s = started();
  const seen: unknown[] = [];
  await use(s.api('p'), {
    DetailItemSelectionChange: (items: unknown[]) => seen.push(['detail', items.length]),
    TagActivationChange: (...tags: unknown[]) => seen.push(['tags', ...tags]),
  });
  s.host.selectDetail([{ id: '1' }, { id: '2' }]);
  s.host.activateTags([{ name: 'a', description: 'A', selected: true }]);
  expect(seen).toEqual([
    ['detail', 2],
    ['tags', { name: 'a', description: 'A', selected: true }],
  ]);
});

test('the tree is at its root but for one entity that is a node of it', async () => {
  s = started();
  const seen: unknown[] = [];
  await use(s.api('p'), { SystemTreeSelectionChange: (node: unknown) => seen.push(node) });
  s.host.select('Cluster', [{ id: 'c', name: 'Default' }]);
  s.host.select('Cluster', [{ id: 'c', name: 'Default' }, { id: 'd', name: 'Other' }]);
  s.host.select('VirtualMachine', [{ id: 'v', name: 'web1' }]);
  expect(seen).toEqual([{ type: 'System' }, { type: 'Cluster', entity: { id: 'c', name: 'Default' } }, { type: 'System' }]);
});

test('messages come from the origins that the plugin named, its own is not among them', async () => {
  s = started({ name: 'none' }, { name: 'one' }, { name: 'any' });
  const seen: unknown[] = [];
  for (const name of ['none', 'one', 'any']) {
    await use(s.api(name), { MessageReceived: (data: unknown) => seen.push([name, data]) });
  }
  s.api('one').options!({ allowedMessageOrigins: ['https://a.example', 7] });
  s.api('any').options!({ allowedMessageOrigins: '*' });
  post('x', 'https://a.example');
  post('y', location.origin);
  expect(seen).toEqual([['one', 'x'], ['any', 'x'], ['any', 'y']]);
});

test('a message waits for the plugin, and its origin is looked at when it is delivered', async () => {
  s = started();
  const seen: unknown[] = [];
  s.api('p').options!({ allowedMessageOrigins: 'https://a.example' });
  post('early', 'https://a.example');
  post('gone', 'https://b.example');
  await use(s.api('p'), {
    UiInit: () => seen.push('init'),
    MessageReceived: (data: unknown) => seen.push(data),
  });
  expect(seen).toEqual(['init', 'early']);
});

test('handlers are called as members of what was registered', async () => {
  s = started();
  const handlers = {
    greeting: 'hello',
    heard: '',
    UiInit() {
      this.heard = this.greeting;
    },
    UserLogin: 'not a function',
  };
  await use(s.api('p'), handlers);
  expect(handlers.heard).toBe('hello');
  expect(s.host.report('p')!.state).toBe('IN_USE');
});

test('a plugin that comes later hears what is selected, unless the user has left it', async () => {
  s = started({ name: 'p' }, { name: 'q' });
  const seen: unknown[] = [];
  s.host.select('Host', [{ id: '1', name: 'h' }]);
  await use(s.api('p'), { HostSelectionChange: (hosts: { name: string }[]) => seen.push(hosts.map((host) => host.name)) });
  expect(seen).toEqual([['h']]);
  s.host.leave('Host');
  await use(s.api('q'), { HostSelectionChange: () => seen.push('left') });
  expect(seen).toHaveLength(1);
});

test('functions of a plugin whose iframe is gone are not called', async () => {
  s = started();
  const seen: unknown[] = [];
  await use(s.api('p'), { HostSelectionChange: () => seen.push(1) });
  document.querySelector('iframe[data-plugin=p]')!.remove();
  s.host.select('Host', []);
  expect(seen).toEqual([]);
});

test('slow calls are remarked upon', async () => {
  s = started();
  await use(s.api('p'), {
    HostSelectionChange() {
      const end = performance.now() + 60;
      while (performance.now() < end);
    },
  });
  s.host.select('Host', []);
  const report = s.host.report('p')!;
  expect(report.log.map((entry) => entry.message)).toContainEqual(expect.stringMatching(/HostSelectionChange took \d+ ms/));
  expect(report.calls.find((call) => call.name === 'HostSelectionChange')).toMatchObject({ count: 1, errors: 0 });
});

test('buttons are asked once for a selection, and hidden after five errors in a row', async () => {
  s = started();
  const api = s.api('p');
  let asked = 0;
  await use(api, {
    UiInit() {
      api.addMenuPlaceActionButton!('Host', 'counts', { isEnabled: () => ++asked > 0 });
      api.addMenuPlaceActionButton!('Host', 'fails', {
        isEnabled() {
          throw new Error('boom');
        },
      });
    },
  });
  const states = (version: number) => s.host.buttonStates('Host', null, [{ id: '1' }], { id: '' }, version);
  for (let i = 0; i < 3; i++) states(1);
  expect(asked).toBe(1);
  for (let version = 2; version < 5; version++) states(version);
  expect(states(4).map((state) => state.visible)).toEqual([true, true]);
  expect(states(5).map((state) => state.visible)).toEqual([true, false]);
});

test('the page waits for a plugin that asks for it until it is in use', async () => {
  s = started({ name: 'lazy' });
  const start = s.host.start(definitionsOf([{ name: 'eager', url: 'about:blank', lazyLoad: false }]));
  let done = false;
  void start.then(() => (done = true));
  await turns();
  expect(done).toBe(false);
  await use(s.api('eager'), { UiInit: () => s.api('eager').addPrimaryMenuPlace!('Foo', 'foo', '', { defaultPlace: true }) });
  await start;
  expect(s.host.landingPlace()).toBe('foo');
});

test('the page goes on without it after 10 s, and says so', async () => {
  vi.useFakeTimers();
  s = started({ name: 'late', lazyLoad: false });
  const start = s.host.start(definitionsOf([{ name: 'late', url: 'about:blank', lazyLoad: false }]));
  await vi.advanceTimersByTimeAsync(PRELOAD_DEADLINE_MS);
  await start;
  expect(s.page.heard('alert').at(-1)).toEqual(['warning', expect.stringContaining('late'), expect.any(Number)]);
});

test('safe mode loads nothing', async () => {
  s = started();
  await s.host.start(definitionsOf([{ name: 'p', url: 'about:blank' }]), { safeMode: true });
  expect(s.host.report('p')!.state).toBe('DEFINED');
  expect(document.querySelector('iframe[data-plugin]')).toBeNull();
});

test('while a plugin is called its name is noted, and such a note keeps it from being loaded', async () => {
  s = started({ name: 'p' }, { name: 'other' });
  let note: string | null = null;
  await use(s.api('p'), { HostSelectionChange: () => (note = sessionStorage.getItem('plugin-call')) });
  s.host.select('Host', []);
  expect(note).toBe('p:HostSelectionChange');
  expect(sessionStorage.getItem('plugin-call')).toBeNull();

  sessionStorage.setItem('plugin-call', 'p:HostSelectionChange');
  s.host.stop();
  s = started({ name: 'p' }, { name: 'other' });
  expect(s.host.report('p')!.state).toBe('DEFINED');
  expect(s.host.report('other')!.state).toBe('LOADING');
  expect(s.page.heard('alert')).toEqual([['warning', expect.stringContaining('stood still in HostSelectionChange'), 0]]);
});

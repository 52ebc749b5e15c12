import { afterEach, expect, test } from 'vitest';
import { missingGrant } from './grants';
import { helloOf, messageOf, withFunctions } from './messages';
import { listenForPlugins } from './connections';
import { Plugin } from '../plugin';
import { definitionsOf } from '../definition';
import { RecordingPage } from '../testing';

let stop = () => {};
afterEach(() => stop());

const soon = () => new Promise((next) => setTimeout(next, 20));

function plugin(grants: string[] = []) {
  const [definition] = definitionsOf([{ name: 'far', url: 'https://far.example/start.html', config: { a: 1 }, grants }]);
  const made = new Plugin(definition!, () => {});
  made.state = 'LOADING';
  return made;
}

/** The window of a plugin's frame, as far as the handshake needs one. */
function far(made: Plugin) {
  const sent: { message: any; origin: string; port: MessagePort }[] = [];
  const source = {
    postMessage: (message: unknown, origin: string, [port]: [MessagePort]) => void sent.push({ message, origin, port }),
  };
  made.iframe = { contentWindow: source, isConnected: true } as unknown as HTMLIFrameElement;
  return { source: source as unknown as Window, sent };
}

function listen(made: Plugin) {
  const calls: unknown[][] = [];
  stop = listenForPlugins(
    {
      ports: new RecordingPage(),
      window,
      call: (_plugin, name, args) => {
        calls.push([name, ...args]);
        return name === 'configObject' ? made.config : undefined;
      },
      answered: () => calls.push(['answered']),
    },
    (name) => (name === 'far' ? made : undefined),
    (each) => each.definition.url,
  );
  return calls;
}

const hello = (source: Window, origin = 'https://far.example', data: unknown = { hello: { name: 'far', protocol: 1 } }) =>
  window.dispatchEvent(new MessageEvent('message', { data, origin, source: source as unknown as MessageEventSource }));

test('only the frame of the plugin, from the origin of its descriptor, is welcomed', () => {
  const made = plugin();
  const { source, sent } = far(made);
  listen(made);
  hello({} as Window);
  hello(source, 'https://evil.example');
  hello(source, 'https://far.example', { hello: { name: 'far', protocol: 2 } });
  expect(sent).toEqual([]);
  hello(source);
  expect(sent[0]).toMatchObject({ origin: 'https://far.example', message: { welcome: 1, config: { a: 1 } } });
  expect(sent[0]!.message.state).not.toHaveProperty('token');
  hello(source);
  expect(sent).toHaveLength(1);
});

test('the token is told only when it is granted', () => {
  const made = plugin(['ssoToken']);
  const { source, sent } = far(made);
  listen(made);
  hello(source);
  expect(sent[0]!.message.state.token).toBe('token-1');
});

test('calls arrive with functions that ask the plugin, and answer what it said last', async () => {
  const made = plugin();
  const { source, sent } = far(made);
  const calls = listen(made);
  hello(source);
  const { port } = sent[0]!;
  const heard: any[] = [];
  port.onmessage = ({ data }) => heard.push(data);
  port.postMessage({ call: 'addMenuPlaceActionButton', args: ['Host', 'Do', { isEnabled: { $function: 7 }, id: 'x' }] });
  port.postMessage({ call: 'showToast', args: ['info', 'hello'], id: 1 });
  port.postMessage({ register: ['UiInit', 'HostSelectionChange'] });
  await soon();
  const [, entity, , button] = calls[0] as [string, string, string, { isEnabled: (...args: unknown[]) => unknown; id: string }];
  expect([entity, button.id]).toEqual(['Host', 'x']);
  expect(button.isEnabled([{ id: '1' }])).toBeUndefined();
  port.postMessage({ invoke: 7, answer: false });
  await soon();
  expect(calls).toContainEqual(['answered']);
  expect(button.isEnabled([])).toBe(false);
  expect(heard).toContainEqual({ error: expect.stringContaining('notices'), id: 1 });
  const [, handlers] = calls.find(([name]) => name === 'register') as [string, Record<string, (...args: unknown[]) => void>];
  handlers.HostSelectionChange!([{ id: '1' }]);
  await soon();
  expect(heard).toContainEqual({ invoke: 7, args: [[{ id: '1' }]] });
  expect(heard).toContainEqual({ event: 'HostSelectionChange', args: [[{ id: '1' }]] });
});

test('grants are needed for what reaches beyond the own surfaces', () => {
  expect(missingGrant('showToast', [])).toBe('notices');
  expect(missingGrant('showToast', ['notices'])).toBeNull();
  expect(missingGrant('addPrimaryMenuPlace', [])).toBeNull();
});

test('what is no message is ignored', () => {
  for (const data of [null, 'hello', {}, { hello: 1 }, { hello: { name: 1, protocol: 1 } }]) expect(helloOf(data)).toBeNull();
  for (const data of [null, [], { call: 1 }, { register: 'x' }]) expect(messageOf(data)).toBeNull();
});

test('functions are found at any depth, up to a limit', () => {
  const made = withFunctions({ a: [{ $function: 1 }], b: 'x' }, (id) => () => id) as { a: (() => number)[]; b: string };
  expect([made.a[0]!(), made.b]).toEqual([1, 'x']);
});

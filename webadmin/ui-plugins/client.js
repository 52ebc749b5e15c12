// For plugins of another origin than the administration page: the same pluginApi, over messages. Copy it to your server,
// and load it before the plugin's own script:
//
//   <script src="client.js"></script>
//   <script>
//     const api = pluginApi('hello');
//     api.register({ UiInit() { api.addPrimaryMenuPlace('Hello', 'hello', 'page.html'); } });
//     api.ready();
//   </script>
//
// With <script src="client.js" data-parent></script> scripts that say parent.pluginApi work too.
(() => {
  const page = window.parent;
  const PROTOCOL = 1;
  const CALLS = [
    'options', 'addPrimaryMenuPlace', 'addMainTab', 'addPrimaryMenuContainer', 'addSecondaryMenuPlace', 'addDetailPlace',
    'addSubTab', 'setPlaceContentUrl', 'setTabContentUrl', 'setPlaceAccessible', 'setTabAccessible', 'setPlaceUnloadHandler',
    'addMenuPlaceActionButton', 'addMainTabActionButton', 'addDetailPlaceActionButton', 'addSubTabActionButton', 'showDialog',
    'setDialogContentUrl', 'closeDialog', 'showToast', 'showAlert', 'revealPlace', 'setSearchString', 'reportFatalError', 'ready',
  ];

  const functions = new Map();
  const ids = new WeakMap();

  /** Functions cannot be sent: a number stands for each. */
  function encoded(value) {
    if (typeof value === 'function') {
      if (!ids.has(value)) {
        ids.set(value, functions.size + 1);
        functions.set(functions.size + 1, value);
      }
      return { $function: ids.get(value) };
    }
    if (Array.isArray(value)) return value.map(encoded);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, encoded(each)]));
  }

  /** A window is sent as its place among the frames of the page. */
  const decoded = (value) => (value && typeof value.$frame === 'number' ? page.frames[value.$frame] : value);

  function connect(name) {
    const config = {};
    let state = {};
    let handlers = {};
    let port = null;
    const waiting = [];
    const post = (message) => (port ? port.postMessage(message) : waiting.push(message));

    function heard({ data }) {
      if (data.state) state = data.state;
      if (data.event) handlers[data.event]?.(...data.args.map(decoded));
      if (data.error) console.warn(`${name}: ${data.error}`);
      if (data.invoke) {
        const answer = functions.get(data.invoke)?.(...data.args);
        post({ invoke: data.invoke, answer: typeof answer === 'boolean' ? answer : undefined });
      }
    }

    const api = {
      pluginName: name,
      configObject: () => config,
      loginUserName: () => state.user?.name,
      loginUserId: () => state.user?.id,
      currentLocale: () => state.locale,
      currentPlace: () => state.place,
      engineBaseUrl: () => state.engineBaseUrl,
      ssoToken: () => state.token,
      register(given) {
        handlers = given;
        post({ register: Object.keys(given).filter((event) => typeof given[event] === 'function') });
      },
      logger() {
        const write = (level) => (text) => post({ call: 'log', args: [level, String(text)] });
        return { info: write('info'), warning: write('warning'), severe: write('severe') };
      },
    };
    for (const call of CALLS) api[call] = (...args) => post({ call, args: args.map(encoded) });

    addEventListener('message', function welcome({ source, data, ports }) {
      if (source !== page || data?.welcome !== PROTOCOL) return;
      removeEventListener('message', welcome);
      Object.assign(config, data.config);
      state = data.state;
      [port] = ports;
      port.onmessage = heard;
      waiting.splice(0).forEach((message) => port.postMessage(message));
    });
    page.postMessage({ hello: { name, protocol: PROTOCOL } }, '*');
    return api;
  }

  const known = new Map();
  function pluginApi(name) {
    if (!known.has(name)) known.set(name, connect(name));
    return known.get(name);
  }
  window.pluginApi = pluginApi;
  if (document.currentScript?.hasAttribute('data-parent')) {
    window.parent = { pluginApi, frames: page.frames, postMessage: page.postMessage.bind(page) };
  }
})();

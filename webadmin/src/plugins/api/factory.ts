import { API_FUNCTIONS } from './functions';

/** `pluginApi('name')` and `new pluginApi('name')`: an object whose prototype is `pluginApi.fn`. */
export interface PluginApiFactory {
  (name: string): PluginApi;
  new (name: string): PluginApi;
  fn: PluginApi;
}

export interface PluginApi {
  readonly pluginName: string;
  [apiFunction: string]: unknown;
}

export type Call = (plugin: string, apiFunction: string, args: readonly unknown[]) => unknown;

export function createFactory(call: Call): PluginApiFactory {
  const fn: Record<string, unknown> = {};
  for (const name of Object.keys(API_FUNCTIONS)) {
    fn[name] = function (this: PluginApi, ...args: unknown[]) {
      return call(String(this.pluginName), name, args);
    };
  }
  function Init(this: { pluginName: string }, name: string) {
    this.pluginName = name;
  }
  Init.prototype = fn;
  fn.init = Init;
  // what a constructor returns, when it is an object, is what `new` gives
  const factory = function (name: string) {
    return new (fn.init as unknown as new (name: string) => PluginApi)(name);
  };
  return Object.assign(factory, { fn, prototype: fn }) as unknown as PluginApiFactory;
}

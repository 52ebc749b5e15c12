import type { Definition } from './definition';

export type AlertType = 'success' | 'info' | 'warning' | 'danger';
export type LogLevel = 'info' | 'warning' | 'severe';

/** A tag as plugins see it. */
export interface Tag {
  name: string;
  description: string;
  selected: boolean;
  children: readonly Tag[];
}

/**
 * What the host of plugins needs from the page, all of it. Getters answer at once from what the page holds; nothing
 * here may throw.
 */
export interface Ports {
  /** who is logged in: `admin@internal` and the user's id; null before the login */
  user(): { name: string; id: string } | null;
  /** the API's bearer token */
  token(): string;
  /** the session id that works as `JSESSIONID`; empty: plugins hear of none */
  restSession(): string;
  /** as in `en-US` */
  locale(): string;
  /** `https://engine/ovirt-engine/`, with the slash at its end */
  engineBaseUrl(): string;
  /** the token of the place, without its parameters: `vms-snapshots` */
  currentPlace(): string;
  /** goes to a place of the page or of a plugin, by its token */
  navigate(token: string): void;
  /** `Vms: status = up`: goes to the list of that prefix and searches there */
  setSearch(text: string): void;
  toast(type: AlertType, message: string): void;
  /** page-wide; stays when `autoHideMs` is 0 */
  alert(type: AlertType, message: string, autoHideMs: number): void;
  /** writes to the engine's log */
  log(plugin: string, level: LogLevel, message: string): void;
  /** an error that the plugin cannot go on after: shown when the engine shows uncaught errors of the page */
  fatalError(plugin: string, message: string): void;
  rootTag(): Tag;
}

/** What the engine says of its plugins, to be handed to `PluginHost.start`. */
export type Definitions = readonly Definition[];

import type { Plugin } from './plugin';
import type { LogLevel, Ports } from './ports';
import type { Surfaces } from './surfaces';

/** What the functions of the API work on. */
export interface Core {
  readonly ports: Ports;
  readonly surfaces: Surfaces;
  /** absolute; what is empty or no URL is `about:blank` */
  resolve(plugin: Plugin, url: unknown): string;
  /** in the next turn of the event loop, after all that was asked for before */
  later(plugin: Plugin, action: () => void): void;
  /** after that time, unless the plugin is gone */
  after(plugin: Plugin, ms: number, action: () => void): void;
  /** whether the user is at that place */
  isRevealed(token: string): boolean;
  /** false: this plugin has done so much of it lately that the page would suffer */
  allowed(plugin: Plugin, what: 'notice' | 'log' | 'navigation' | 'surface'): boolean;
  /** tells those who look for the cause of something that did not happen */
  note(plugin: Plugin, level: LogLevel, message: string): void;
  ready(plugin: Plugin): void;
  setUnloadHandler(plugin: Plugin, token: string, handler: () => unknown): void;
}

/** A function of the API, as the prototype's property of the same name. */
export interface ApiFunction {
  /**
   * When it does something: `always`; `information` from loading on; `page` while the plugin is in use, which includes
   * its `UiInit`, or right after that when it is called early.
   */
  gate: 'always' | 'information' | 'page';
  run(core: Core, plugin: Plugin, args: readonly unknown[]): unknown;
}

export type ApiFunctions = Readonly<Record<string, ApiFunction>>;

export const always = (run: ApiFunction['run']): ApiFunction => ({ gate: 'always', run });
export const information = (run: ApiFunction['run']): ApiFunction => ({ gate: 'information', run });
export const page = (run: ApiFunction['run']): ApiFunction => ({ gate: 'page', run });

export const isFunction = (value: unknown): value is (...args: unknown[]) => unknown => typeof value === 'function';

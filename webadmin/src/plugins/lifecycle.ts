import type { Calls } from './calls';
import { describe } from './calls';
import type { Delivery } from './delivery';
import { observeWhileLoading } from './frameErrors';
import type { HangNotes } from './hangs';
import type { Plugin } from './plugin';

/** After this the page no longer waits for plugins that asked to be waited for. */
export const PRELOAD_DEADLINE_MS = 10_000;
/** After this a plugin that never said it is ready is remarked upon. */
export const NOT_READY_MS = 15_000;

interface LifecycleParts {
  delivery: Delivery;
  calls: Calls;
  notes: HangNotes;
  document: Document;
  /** absolute address of a plugin's page */
  pageUrl(plugin: Plugin): string;
  /** the events that every plugin hears first */
  greet(plugin: Plugin): void;
  /** it is in use, and has heard what waited for it */
  begun(plugin: Plugin): void;
  /** takes everything of the plugin out of the page */
  sweep(plugin: Plugin): void;
  changed(): void;
  /** tells the user */
  failed(plugin: Plugin, event: string, message: string): void;
}

/** Moves plugins through their lives: DEFINED, LOADING, READY, INITIALIZING, IN_USE, or FAILED. */
export class Lifecycle {
  constructor(private readonly parts: LifecycleParts) {}

  load(plugin: Plugin): void {
    const { document, notes } = this.parts;
    const iframe = document.createElement('iframe');
    iframe.style.cssText = 'position:absolute;width:0;height:0;border:0;visibility:hidden';
    iframe.title = plugin.name;
    iframe.tabIndex = -1;
    iframe.setAttribute('aria-hidden', 'true');
    iframe.dataset.plugin = plugin.name;
    plugin.iframe = iframe;
    this.#enter(plugin, 'LOADING');
    this.parts.greet(plugin);

    const loaded = notes.loading(plugin.name);
    iframe.addEventListener('load', loaded);
    iframe.src = this.parts.pageUrl(plugin);
    document.body.append(iframe);
    observeWhileLoading(plugin);
    this.after(plugin, NOT_READY_MS, () => {
      if (plugin.state === 'LOADING') {
        plugin.diagnosis.log('warning', `not ready after ${NOT_READY_MS / 1000} s: its page has not called ready()${status(iframe)}`);
      }
    });
  }

  /**
   * `UiInit` waits until the plugin's page is parsed and its scripts have run: plugins of oVirt 3 call `ready()` before
   * they define what `UiInit` uses.
   */
  ready(plugin: Plugin): void {
    this.#enter(plugin, 'READY');
    const life = plugin.life;
    const soon = () =>
      this.after(plugin, 0, () => {
        if (plugin.life === life && plugin.state === 'READY') this.#init(plugin);
      });
    const document = plugin.remote === null ? plugin.iframe?.contentDocument : null;
    if (document?.readyState === 'loading') document.addEventListener('DOMContentLoaded', soon, { once: true });
    else soon();
  }

  fail(plugin: Plugin, event: string, error: unknown): void {
    if (plugin.state === 'FAILED') return;
    const message = describe(error);
    this.#enter(plugin, 'FAILED');
    plugin.diagnosis.log('severe', `${event} failed, and with it the plugin: ${message}`);
    this.#remove(plugin);
    this.parts.failed(plugin, event, message);
  }

  /** Back to DEFINED, with nothing left of it. */
  unload(plugin: Plugin): void {
    this.#remove(plugin);
    plugin.handlers = null;
    plugin.heard.clear();
    plugin.allowedOrigins = [];
    plugin.usedOldNames = false;
    plugin.usedNewNames = false;
    this.#enter(plugin, 'DEFINED');
  }

  #init(plugin: Plugin): void {
    this.#enter(plugin, 'INITIALIZING');
    if (!this.parts.delivery.call(plugin, 'UiInit', () => [])) return;
    this.#enter(plugin, 'IN_USE');
    for (const queue of [plugin.early, plugin.queued]) {
      // what they do may add to the queue, and may fail the plugin
      for (let next = queue.shift(); next !== undefined && plugin.state === 'IN_USE'; next = queue.shift()) next();
    }
    this.parts.begun(plugin);
  }

  #remove(plugin: Plugin): void {
    plugin.life++;
    plugin.timers.forEach(clearTimeout);
    plugin.timers.clear();
    plugin.queued.length = 0;
    plugin.early.length = 0;
    plugin.remote?.close();
    plugin.remote = null;
    const iframe = plugin.iframe;
    plugin.iframe = null;
    // a plugin fails while its function is on the stack: the frame goes when that has come back
    if (this.parts.calls.inside) setTimeout(() => iframe?.remove(), 0);
    else iframe?.remove();
    this.parts.sweep(plugin);
  }

  /** Later, unless the plugin has been removed by then. */
  after(plugin: Plugin, ms: number, action: () => void): void {
    const timer = setTimeout(() => {
      plugin.timers.delete(timer);
      action();
    }, ms);
    plugin.timers.add(timer);
  }

  #enter(plugin: Plugin, state: Plugin['state']): void {
    plugin.state = state;
    // for whoever looks at the page with the browser's tools
    if (plugin.iframe !== null) plugin.iframe.dataset.state = state;
    this.parts.changed();
  }
}

/** What the browser knows of the answer for an iframe's page. */
function status(iframe: HTMLIFrameElement): string {
  if (typeof performance.getEntriesByName !== 'function') return '';
  const entry = performance.getEntriesByName(iframe.src).at(-1) as { responseStatus?: number } | undefined;
  return entry?.responseStatus && entry.responseStatus >= 400 ? `; the engine answered ${entry.responseStatus}` : '';
}

import { describe, type Calls } from './calls';
import type { EntityObject } from './entityObjects';
import type { Plugin } from './plugin';
import { argumentsFor } from './shapes';

const MOST_QUEUED = 1000;

/** Brings events to plugins: at once to those in use; some of them later to those that are not yet. */
export class Delivery {
  constructor(
    private readonly calls: Calls,
    private readonly failed: (plugin: Plugin, event: string, error: unknown) => void,
  ) {}

  /** Now or never, with the same arguments for all. */
  now(plugin: Plugin, event: string, args: readonly unknown[]): void {
    if (plugin.state === 'IN_USE') this.call(plugin, event, () => args);
  }

  /**
   * Now or, for a plugin that is still on its way, right after its `UiInit`. `stray`: it is not meant for this plugin
   * in particular, which may fail over it and go on.
   */
  nowOrLater(plugin: Plugin, event: string, args: () => readonly unknown[] | null, stray = false): void {
    if (plugin.state === 'IN_USE') this.call(plugin, event, args, stray);
    else if (plugin.state !== 'FAILED' && plugin.queued.length < MOST_QUEUED) {
      plugin.queued.push(() => this.call(plugin, event, args, stray));
    }
  }

  /** Now or never, and only if it is something else than the last time. */
  changed(plugin: Plugin, event: string, value: unknown): void {
    if (this.#isNew(plugin, event, value)) this.call(plugin, event, () => [structuredClone(value)]);
  }

  /** A selection, in the shape that the plugin's function takes; only if it is another one than the last time. */
  selection(plugin: Plugin, event: string, items: readonly EntityObject[]): void {
    const handler = plugin.handler(event);
    if (handler && this.#isNew(plugin, event, items)) {
      this.call(plugin, event, () => argumentsFor(handler, plugin, items, { id: '' }));
    }
  }

  #isNew(plugin: Plugin, event: string, value: unknown): boolean {
    if (plugin.state !== 'IN_USE') return false;
    const text = JSON.stringify(value);
    if (plugin.heard.get(event) === text) return false;
    plugin.heard.set(event, text);
    return true;
  }

  /** Calls a handler; arguments of null: there is nothing to deliver after all. */
  call(plugin: Plugin, event: string, args: () => readonly unknown[] | null, stray = false): boolean {
    const handler = plugin.handler(event);
    if (handler === null || !plugin.attached) return true;
    const given = args();
    if (given === null) return true;
    const outcome = this.calls.run(plugin, event, () => handler.call(plugin.handlers, ...given));
    if (!('error' in outcome)) return true;
    if (stray) plugin.diagnosis.log('warning', `${event} failed over what is another plugin's: ${describe(outcome.error)}`);
    else this.failed(plugin, event, outcome.error);
    return stray;
  }
}

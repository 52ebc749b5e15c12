import type { Delivery } from './delivery';
import type { Plugin } from './plugin';
import { NAMELESS } from './remote/connections';

/**
 * Messages of windows (`postMessage`) for plugins: pages of other origins reach their plugin so. A plugin says whose
 * messages it takes; its own origin is not among them unless it says so. As in oVirt all plugins that take an origin's
 * messages hear them, so one that cannot read what another plugin's pages say is no worse for it.
 */
export function deliverMessages(window: Window, plugins: () => Iterable<Plugin>, delivery: Delivery): () => void {
  const listener = (event: MessageEvent) => {
    const owner = ownerOf(window, event.source);
    for (const plugin of plugins()) {
      if (plugin.handlers !== null && plugin.handler('MessageReceived') === null) continue;
      const stray = owner !== null && owner !== plugin.name;
      // asked at the time of delivery: a queued message waits for the plugin's options too
      const origin = owner === plugin.name && plugin.definition.isolation === 'origin' ? originOf(window, event) : event.origin;
      const args = () => (takes(plugin, origin) ? [event.data, event.source] : null);
      delivery.nowOrLater(plugin, 'MessageReceived', args, stray);
    }
  };
  window.addEventListener('message', listener);
  return () => window.removeEventListener('message', listener);
}

function takes(plugin: Plugin, origin: string): boolean {
  return plugin.allowedOrigins.includes('*') || plugin.allowedOrigins.includes(origin);
}

/** Pages of a plugin that is kept apart are, for that plugin, of the origin that their address says. */
function originOf(window: Window, event: MessageEvent): string {
  const direct = event.source !== null && 'parent' in event.source && event.source.parent === window;
  return event.origin === NAMELESS && direct ? window.location.origin : event.origin;
}

/** The plugin in whose frame the window is, at any depth; null: in none, like windows of their own. */
function ownerOf(window: Window, source: MessageEventSource | null): string | null {
  if (source === null || !('parent' in source)) return null;
  let frame = source;
  while (frame.parent !== window && frame.parent !== frame) frame = frame.parent;
  const iframe = [...window.document.querySelectorAll('iframe')].find((one) => one.contentWindow === frame);
  return iframe?.dataset.plugin ?? iframe?.dataset.owner ?? null;
}

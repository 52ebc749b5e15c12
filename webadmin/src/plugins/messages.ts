import type { Delivery } from './delivery';
import type { Plugin } from './plugin';

/**
 * Messages of windows (`postMessage`) for plugins: pages of other origins reach their plugin so. A plugin says whose
 * messages it takes; its own origin is not among them unless it says so.
 */
export function deliverMessages(window: Window, plugins: () => Iterable<Plugin>, delivery: Delivery): () => void {
  const listener = (event: MessageEvent) => {
    for (const plugin of plugins()) {
      if (plugin.handlers !== null && plugin.handler('MessageReceived') === null) continue;
      // asked at the time of delivery: a queued message waits for the plugin's options too
      delivery.nowOrLater(plugin, 'MessageReceived', () => (takes(plugin, event.origin) ? [event.data, event.source] : null));
    }
  };
  window.addEventListener('message', listener);
  return () => window.removeEventListener('message', listener);
}

function takes(plugin: Plugin, origin: string): boolean {
  return plugin.allowedOrigins.includes('*') || plugin.allowedOrigins.includes(origin);
}

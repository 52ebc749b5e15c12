import { describe } from './calls';
import type { Plugin } from './plugin';

const observed = new WeakSet<Document>();
const LOOK_AGAIN_MS = 10;

/**
 * Writes down what goes wrong in a plugin's page, so that the page of extensions can say why a plugin is not ready: a
 * script that cannot be fetched, an error while it ran. No event tells when a frame's document becomes the plugin's, so
 * it is looked for while the frame loads.
 */
export function observeWhileLoading(plugin: Plugin): void {
  const { iframe } = plugin;
  const timer = setInterval(() => {
    if (plugin.iframe !== iframe || observe(plugin)) clearInterval(timer);
  }, LOOK_AGAIN_MS);
  iframe?.addEventListener('load', () => {
    clearInterval(timer);
    if (plugin.iframe === iframe) observe(plugin);
  });
}

/** True when the page that the plugin loads into is observed. */
export function observe(plugin: Plugin): boolean {
  const frame = frameOf(plugin);
  if (frame === null || frame.document.URL === 'about:blank') return false;
  if (observed.has(frame.document)) return true;
  observed.add(frame.document);
  frame.addEventListener(
    'error',
    (event: Event) => {
      const target = event.target as { src?: unknown; href?: unknown } | null;
      const address = target?.src ?? target?.href;
      if ('message' in event) plugin.diagnosis.log('severe', String(event.message));
      else if (typeof address === 'string') plugin.diagnosis.log('warning', `could not load ${address}`);
    },
    true,
  );
  frame.addEventListener('unhandledrejection', (event: PromiseRejectionEvent) => {
    plugin.diagnosis.log('warning', `a promise was rejected: ${describe(event.reason)}`);
  });
  return true;
}

function frameOf(plugin: Plugin): Window | null {
  try {
    const frame = plugin.iframe?.contentWindow ?? null;
    // of another origin: nothing can be seen there
    return frame !== null && frame.document ? frame : null;
  } catch {
    return null;
  }
}

import { lazy, type ComponentType, type LazyExoticComponent } from 'react';

/** So long the first list has the network and the processor for itself. */
const GRACE_MS = 1000;

const waiting: (() => Promise<unknown>)[] = [];

/** A view that the first list does not need: loaded in a quiet moment after it, or when it is shown before that. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- what a component takes is its own affair
export function later<View extends ComponentType<any>>(load: () => Promise<{ default: View }>): LazyExoticComponent<View> {
  return lazy(ahead(load));
}

/** As {@link later}, for what is no view: what answers it, loaded once. */
export function ahead<Module>(load: () => Promise<Module>): () => Promise<Module> {
  waiting.push(load);
  return load;
}

/** Called when the first list is on the screen. */
export function loadWhatIsLater(): void {
  if (waiting.length > 0) setTimeout(next, GRACE_MS);
}

function next(): void {
  const load = waiting.shift();
  // what cannot be loaded now is asked for again, and complained about, when it is shown
  if (load) whenQuiet(() => void load().then(next, next));
}

function whenQuiet(work: () => void): void {
  if ('requestIdleCallback' in globalThis) requestIdleCallback(work);
  else setTimeout(work, 50);
}

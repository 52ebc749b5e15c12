import { createContext, useContext, useSyncExternalStore } from 'react';
import type { PluginHost } from '../host';
import type { Registry } from '../registry';
import { isShown, type Place } from '../surfaces';

const HostContext = createContext<PluginHost | null>(null);

/** Around everything that shows something of plugins. */
export const PluginHostProvider = HostContext.Provider;

export function usePluginHost(): PluginHost {
  const host = useContext(HostContext);
  if (host === null) throw new Error('there is no PluginHostProvider around this view');
  return host;
}

export function useRegistry<T>(registry: Registry<T>): readonly T[] {
  return useSyncExternalStore(registry.subscribe, registry.getSnapshot);
}

export const usePluginPlaces = (): readonly Place[] => useRegistry(usePluginHost().places);

/**
 * The plugin's place at this token; undefined: there is none, or the user may not be there. A tab that is hidden is one
 * too: its plugin may show it when it hears of the entity whose page it is on.
 */
export function usePluginPlace(token: string): Place | undefined {
  return usePluginPlaces().find((place) => place.token === token && (isShown(place) || place.where.kind === 'detail'));
}

import { useCallback, useSyncExternalStore } from 'react';

const SAVED = 'overt.theme';
const system = matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set<() => void>();

function dark(): boolean {
  const chosen = localStorage.getItem(SAVED);
  return chosen === null ? system.matches : chosen === 'dark';
}

/** Dark or light, as the user chose or the system says; before the first picture, so that nothing flashes. */
export function applyTheme(): void {
  document.documentElement.classList.toggle('pf-v6-theme-dark', dark());
  listeners.forEach((listener) => listener());
}
system.addEventListener('change', applyTheme);

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useTheme(): [boolean, () => void] {
  const now = useSyncExternalStore(subscribe, dark);
  const toggle = useCallback(() => {
    localStorage.setItem(SAVED, dark() ? 'light' : 'dark');
    applyTheme();
  }, []);
  return [now, toggle];
}

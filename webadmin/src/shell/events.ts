import { useSyncExternalStore } from 'react';
import { list, type Json } from '../engine/api';
import { followEvents } from '../engine/live';
import { session } from '../engine/session';

const KEPT = 200;

let events: readonly Json[] = [];
let unseen = 0;
let picture = { events, unseen };
const listeners = new Set<() => void>();

function changed(): void {
  picture = { events, unseen };
  listeners.forEach((listener) => listener());
}

const store = {
  get: () => picture,
  subscribe: (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

/** The newest events, as they happen, and how many of them are bad news that nobody has looked at. */
export function useEvents() {
  return useSyncExternalStore(store.subscribe, store.get);
}

session.onEnd(() => {
  events = [];
  seen();
});

export function startEvents(): () => void {
  const whose = session.get();
  void list('/events?max=30').then((first) => {
    if (session.get() !== whose) return;
    const known = new Set(events.map((event) => event.id));
    events = [...events, ...first.filter((event) => !known.has(event.id))].slice(0, KEPT);
    changed();
  }, () => {});
  return followEvents((event) => {
    if (events.some((one) => one.id === event.id)) return;
    events = [event, ...events].slice(0, KEPT);
    if (event.severity === 'error' || event.severity === 'alert' || event.severity === 'warning') unseen++;
    changed();
  });
}

/** Somebody has looked at them. */
export function seen(): void {
  unseen = 0;
  changed();
}

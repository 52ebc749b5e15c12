import type { QueryClient } from '@tanstack/react-query';
import { API, EXTENSIONS, type Json } from './api';
import { follow } from './stream';

/** Keys of the queries: what a change concerns can be read from them. */
export const keys = {
  rows: (collection: string) => ['rows', ...collection.split('/')] as const,
  entity: (collection: string, id: string) => ['entity', ...collection.split('/'), id] as const,
};

const TOGETHER_MILLIS = 150;

/** Lets what the engine says has changed be asked for again, as far as it is on the screen. */
export function followChanges(client: QueryClient): () => void {
  const pending = new Map<string, Set<string> | null>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    timer = undefined;
    for (const [collection, ids] of pending) {
      void client.invalidateQueries({ queryKey: keys.rows(collection) });
      // lists on the page of something else say what they show
      void client.invalidateQueries({ predicate: ({ meta }) => (meta?.shows as readonly string[] | undefined)?.includes(collection) ?? false });
      if (ids === null) void client.invalidateQueries({ queryKey: ['entity', collection] });
      // beside each, what belongs to all of them
      else for (const id of [...ids, '*']) void client.invalidateQueries({ queryKey: keys.entity(collection, id) });
    }
    pending.clear();
  };
  const heard = (data: string) => {
    const change = JSON.parse(data) as { collections: Record<string, string[]> };
    for (const [collection, ids] of Object.entries(change.collections)) {
      const known = pending.get(collection);
      if (known === null) continue;
      const all = known ?? new Set<string>();
      ids.forEach((id) => all.add(id));
      pending.set(collection, ids.length === 0 ? null : all);
    }
    timer ??= setTimeout(flush, TOGETHER_MILLIS);
  };
  const stop = follow(
    `${EXTENSIONS}/changes`,
    (message) => {
      if (message.event === 'reset') void client.invalidateQueries();
      else if (message.event === 'change') heard(message.data);
    },
    (again) => {
      if (again) void client.invalidateQueries();
    },
  );
  return () => {
    stop();
    clearTimeout(timer);
  };
}

/** Hears each new event of the system. */
export function followEvents(heard: (event: Json) => void): () => void {
  return follow(
    `${API}/events`,
    (message) => {
      if (message.event === 'event') heard(JSON.parse(message.data) as Json);
    },
    () => {},
  );
}

import { useSyncExternalStore } from 'react';
import type { Json } from '../engine/api';

/** What is chosen in each list, by the list's token. Outside React, since plugins hear of it too. */
const chosen = new Map<string, readonly Json[]>();
const anchors = new Map<string, number>();
const listeners = new Set<(token: string) => void>();
const NONE: readonly Json[] = [];

export const selection = {
  get: (token: string): readonly Json[] => chosen.get(token) ?? NONE,

  subscribe: (listener: (token: string) => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },

  set: (token: string, rows: readonly Json[]): void => {
    chosen.set(token, rows);
    listeners.forEach((listener) => listener(token));
  },

  /** One row is clicked: alone, added to or taken from the others, or as the end of a range. */
  choose: (token: string, index: number, row: Json, how: { add: boolean; range: ((index: number) => Json | undefined) | null }): void => {
    const now = selection.get(token);
    const anchor = anchors.get(token);
    if (how.range && anchor !== undefined) {
      const rows: Json[] = [];
      for (let at = Math.min(anchor, index); at <= Math.max(anchor, index); at++) {
        const one = how.range(at);
        if (one) rows.push(one);
      }
      selection.set(token, rows);
      return;
    }
    anchors.set(token, index);
    const without = now.filter((one) => one.id !== row.id);
    if (how.add) selection.set(token, without.length < now.length ? without : [...now, row]);
    else selection.set(token, [row]);
  },

  /** Newer words of the engine about rows that may be among the chosen. */
  refresh: (token: string, rows: readonly Json[]): void => {
    const now = selection.get(token);
    if (now.length === 0) return;
    const newer = new Map(rows.map((row) => [row.id, row]));
    const changed = now.map((row) => newer.get(row.id) ?? row);
    if (changed.some((row, index) => row !== now[index])) selection.set(token, changed);
  },
};

export function useSelection(token: string): readonly Json[] {
  return useSyncExternalStore(selection.subscribe, () => selection.get(token));
}

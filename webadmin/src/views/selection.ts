import { useSyncExternalStore } from 'react';
import type { Json } from '../engine/api';
import { session } from '../engine/session';

/** What a user has made of a list. Outside React, since it outlasts the view. */
interface Choice {
  /** the conditions under which rows were chosen */
  search: string;
  rows: readonly Json[];
  /** id of the row from which a range goes */
  anchor: string | null;
  /** pixels that are scrolled away */
  top: number;
}

const NONE: Choice = { search: '', rows: [], anchor: null, top: 0 };

/** By the list's token. */
const choices = new Map<string, Choice>();
const listeners = new Set<() => void>();

function become(token: string, change: Partial<Choice>): void {
  choices.set(token, { ...(choices.get(token) ?? NONE), ...change });
  if (change.rows) listeners.forEach((listener) => listener());
}

session.onEnd(() => {
  choices.clear();
  listeners.forEach((listener) => listener());
});

export const selection = {
  get: (token: string): readonly Json[] => (choices.get(token) ?? NONE).rows,

  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },

  set: (token: string, rows: readonly Json[]): void => become(token, { rows }),

  /** What was chosen under other conditions may not be among what they find. */
  begin: (token: string, search: string): void => {
    if (choices.get(token)?.search !== search) become(token, { ...NONE, search });
  },

  scrolled: (token: string): number => (choices.get(token) ?? NONE).top,

  scroll: (token: string, top: number): void => {
    if (choices.has(token)) become(token, { top });
  },

  /** One row is chosen: alone, or added to or taken from the others. */
  choose: (token: string, row: Json, add: boolean): void => {
    const now = selection.get(token);
    const without = now.filter((one) => one.id !== row.id);
    become(token, { anchor: row.id, rows: !add ? [row] : without.length < now.length ? without : [...now, row] });
  },

  /** All are chosen from the row that was chosen last to this one; false when these are not among the rows. */
  range: (token: string, row: Json, rows: readonly Json[]): boolean => {
    const { anchor } = choices.get(token) ?? NONE;
    const from = rows.findIndex((one) => one.id === anchor);
    const to = rows.findIndex((one) => one.id === row.id);
    if (from < 0 || to < 0) return false;
    selection.set(token, rows.slice(Math.min(from, to), Math.max(from, to) + 1));
    return true;
  },

  /**
   * Newer words of the engine about rows that may be among the chosen.
   *
   * @param all whether these are all that the list has: others are gone
   */
  refresh: (token: string, rows: readonly Json[], all: boolean): void => {
    const now = selection.get(token);
    if (now.length === 0) return;
    const newer = new Map(rows.map((row) => [row.id, row]));
    const changed = now.map((row) => newer.get(row.id) ?? (all ? undefined : row)).filter((row) => row !== undefined);
    if (changed.length < now.length || changed.some((row, index) => row !== now[index])) selection.set(token, changed);
  },
};

export function useSelection(token: string): readonly Json[] {
  return useSyncExternalStore(selection.subscribe, () => selection.get(token));
}

import { useQueries, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef } from 'react';
import type { Json } from '../engine/api';
import { keys } from '../engine/live';
import { rows } from '../engine/rows';

const PAGE = 100;
/** Pages that are fetched before somebody who scrolls comes to them. */
const AHEAD = 2;

/** The part of a long list that can be seen. */
export interface Window {
  total: number;
  /** undefined while it is on its way */
  at: (index: number) => Json | undefined;
  /** where a row is, -1 when it is not loaded */
  indexOf: (id: string) => number;
  /** all that are loaded */
  rows: readonly Json[];
  /** another when rows were asked for anew */
  version: number;
  error: Error | null;
  /** nothing has come yet */
  pending: boolean;
}

/**
 * The rows from `first` to `last` of a list, asked for in pages of 100, kept, and asked for again when the engine says
 * that something in the collection has changed.
 */
export function useRows(
  collection: string,
  search: string,
  sort: string | null,
  fields: readonly string[],
  first: number,
  last: number,
): Window {
  const from = Math.floor(Math.max(0, first) / PAGE);
  const to = Math.floor(Math.max(first, last) / PAGE);
  const pages = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  // until the first answer to another search comes, as many as there were: the page does not jump
  const total = useRef(0);
  const query = useCallback(
    (page: number) => ({
      queryKey: [...keys.rows(collection), { search, sort, fields: fields.join(','), page }],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        rows({ collection, search, sort, fields, from: page * PAGE, max: PAGE }, signal),
      staleTime: Infinity,
      retry: false,
    }),
    [collection, search, sort, fields],
  );
  const results = useQueries({ queries: pages.map(query) });
  const found = new Map<number, Json[]>();
  let newest = 0;
  results.forEach((result, index) => {
    if (!result.data) return;
    found.set(pages[index]!, result.data.rows);
    if (result.dataUpdatedAt >= newest) {
      newest = result.dataUpdatedAt;
      total.current = result.data.total;
    }
  });
  const client = useQueryClient();
  const most = Math.floor(Math.max(0, total.current - 1) / PAGE);
  const scrolled = first > 0;
  useEffect(() => {
    for (let away = 1; away <= AHEAD && scrolled; away++) {
      if (to + away <= most) void client.prefetchQuery(query(to + away));
      if (from - away >= 0) void client.prefetchQuery(query(from - away));
    }
  }, [client, query, from, to, most, scrolled]);
  return {
    total: total.current,
    at: (index) => found.get(Math.floor(index / PAGE))?.[index % PAGE],
    indexOf: (id) => {
      for (const [page, some] of found) {
        const index = some.findIndex((row) => row.id === id);
        if (index >= 0) return page * PAGE + index;
      }
      return -1;
    },
    rows: [...found.values()].flat(),
    version: newest,
    error: results.find((one) => one.error)?.error ?? null,
    pending: results.every((one) => one.isPending),
  };
}
